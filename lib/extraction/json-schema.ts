import { type Field, type Format, formats, type ListField, type ObjectField, type ScalarField, type ScalarType } from './field.ts';
import { patternProblem } from './pattern.ts';
import { type Problem, problemAt, type Problems } from './problems.ts';

type Json = Record<string, unknown>;

/** References may lead into each other, not into themselves for ever. */
const deepest = 20;

const scalarTypes: readonly string[] = ['string', 'number', 'integer', 'boolean'];

interface Reading {
  root: Json;
  problems: Problems;
}

/**
 * Makes the tree of fields from a JSON Schema (2020-12) of type object. Keywords it does not know are passed over.
 * What is wrong goes to `problems`, each with its path and a mend; the tree leaves those fields out.
 */
export function readFields(schema: Json, problems: Problems): ObjectField {
  const field = readField({ root: schema, problems }, schema, { name: 'fields', path: 'fields', required: true }, 0);
  if (field?.kind === 'object') return field;
  problems.push(problemAt('fields', 'must be a JSON Schema of type object with properties'));
  return { kind: 'object', name: 'fields', label: 'Fields', aliases: [], description: null, required: true, fields: [] };
}

interface Place {
  name: string;
  /** For messages, such as `fields.Payments.items.Date`. */
  path: string;
  required: boolean;
}

function readField(reading: Reading, given: unknown, place: Place, depth: number): Field | null {
  const { problems } = reading;
  if (depth > deepest) {
    problems.push(problemAt(place.path, `is nested more than ${deepest} deep, or refers to itself: give it an end`));
    return null;
  }
  const schema = resolve(reading, given, place);
  if (!schema) return null;
  const type = typeOf(schema, place, problems);
  if (type === 'object') return readObject(reading, schema, place, depth);
  if (type === 'array') return readList(reading, schema, place, depth);
  return type ? readScalar(schema, type, place, problems) : null;
}

/** Follows `$ref` and takes the one alternative of `anyOf`/`oneOf` that is not null. */
function resolve({ root, problems }: Reading, given: unknown, place: Place): Json | null {
  let schema = given;
  for (let step = 0; step < deepest; step++) {
    if (!isJson(schema)) {
      problems.push(problemAt(place.path, 'must be a JSON Schema, an object with a type'));
      return null;
    }
    if (typeof schema.$ref === 'string') {
      const { $ref, ...rest } = schema;
      const target = lookUp(root, $ref);
      if (!target) {
        problems.push(problemAt(place.path, `refers to ${$ref}, which is not there: define it under $defs`));
        return null;
      }
      schema = { ...target, ...rest };
      continue;
    }
    const merged = mergeAlternatives(schema);
    if (!merged) return schema;
    schema = merged;
  }
  problems.push(problemAt(place.path, 'refers to itself: give it an end'));
  return null;
}

/** null when there are none. Several kinds of scalar become text, which can hold them all. */
function mergeAlternatives(schema: Json): Json | null {
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const alternatives = schema[keyword];
    if (!Array.isArray(alternatives)) continue;
    const { [keyword]: _dropped, ...rest } = schema;
    const real = alternatives.filter(isJson).filter((alternative) => alternative.type !== 'null');
    if (keyword === 'allOf') return real.reduce((all, part) => ({ ...all, ...part }), rest);
    const [first] = real;
    if (!first) return { ...rest, type: 'null' };
    const same = real.every((alternative) => alternative.type === first.type && !alternative.$ref);
    if (real.length === 1 || same) return { ...first, ...rest };
    const compound = real.find((alternative) => alternative.type === 'object' || alternative.type === 'array' || alternative.$ref);
    return { ...(compound ?? { type: 'string' }), ...rest };
  }
  return null;
}

function lookUp(root: Json, reference: string): Json | null {
  if (!reference.startsWith('#/')) return null;
  const steps = reference.slice(2).split('/').map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = root;
  for (const step of steps) at = isJson(at) ? at[step] : undefined;
  return isJson(at) ? at : null;
}

function typeOf(schema: Json, place: Place, problems: Problem[]): string | null {
  const { type } = schema;
  const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null' && one !== undefined);
  const known = types.filter((one) => typeof one === 'string' && [...scalarTypes, 'object', 'array'].includes(one));
  if (known.length < types.length) {
    problems.push(problemAt(place.path, `has the type ${JSON.stringify(type)}: use string, number, integer, boolean, object or array`));
    return null;
  }
  if (known.length === 1) return String(known[0]);
  if (known.length > 1) return known.find((one) => one === 'object' || one === 'array') ? String(known[0]) : 'string';
  if (isJson(schema.properties)) return 'object';
  if (schema.items !== undefined) return 'array';
  return 'string';
}

function readObject(reading: Reading, schema: Json, place: Place, depth: number): ObjectField {
  const properties = isJson(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  for (const name of required) {
    if (typeof name !== 'string' || !Object.hasOwn(properties, name)) {
      reading.problems.push(problemAt(`${place.path}.required`, `names ${JSON.stringify(name)}, which is not a property`));
    }
  }
  const fields = Object.entries(properties).flatMap(([name, property]) => {
    const at = { name, path: `${place.path}.${name}`, required: required.has(name) };
    return readField(reading, property, at, depth + 1) ?? [];
  });
  return { kind: 'object', ...named(schema, place, reading.problems), fields };
}

function readList(reading: Reading, schema: Json, place: Place, depth: number): ListField | null {
  const at = { name: place.name, path: `${place.path}.items`, required: false };
  const item = readField(reading, schema.items ?? { type: 'string' }, at, depth + 1);
  return item && { kind: 'list', ...named(schema, place, reading.problems), item };
}

function readScalar(schema: Json, type: string, place: Place, problems: Problems): ScalarField {
  return {
    kind: 'scalar',
    ...named(schema, place, problems),
    type: type as ScalarType,
    format: readFormat(schema, place, problems),
    pattern: readPattern(schema, place, problems),
    enum: readEnum(schema, place, problems),
  };
}

function readFormat({ format }: Json, place: Place, problems: Problems): Format | null {
  if (format === undefined) return null;
  const known = formats.find((one) => one === format);
  if (!known) problems.push(problemAt(`${place.path}.format`, `${JSON.stringify(format)} is unknown: use ${formats.join(', ')}`));
  return known ?? null;
}

function readPattern({ pattern }: Json, place: Place, problems: Problems): string | null {
  if (pattern === undefined) return null;
  if (typeof pattern !== 'string') {
    problems.push(problemAt(`${place.path}.pattern`, 'must be text'));
    return null;
  }
  const problem = patternProblem(pattern);
  if (problem) problems.push(problemAt(`${place.path}.pattern`, problem));
  return problem ? null : pattern;
}

function readEnum({ enum: given }: Json, place: Place, problems: Problems) {
  if (given === undefined) return null;
  const members = Array.isArray(given) ? given.filter((member) => member !== null) : [];
  const scalars = members.filter((m): m is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof m));
  if (members.length === 0 || scalars.length < members.length) {
    problems.push(problemAt(`${place.path}.enum`, 'must be a list of texts, numbers or booleans'));
    return null;
  }
  return scalars;
}

function named(schema: Json, { name, path, required }: Place, problems: Problems) {
  const given = schema['x-aliases'] ?? [];
  const aliases = Array.isArray(given) ? given.filter((alias): alias is string => typeof alias === 'string') : null;
  if (!aliases || aliases.length < (given as unknown[]).length) {
    problems.push(problemAt(`${path}.x-aliases`, 'must be a list of texts'));
  }
  return {
    name,
    label: typeof schema.title === 'string' ? schema.title : labelOf(name),
    aliases: aliases ?? [],
    description: typeof schema.description === 'string' ? schema.description : null,
    required,
  };
}

/** `Account_Number` and `accountNumber` as `Account number`. */
function labelOf(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
