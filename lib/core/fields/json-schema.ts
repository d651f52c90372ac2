import {
  type Field,
  type Format,
  formats,
  type ListField,
  type ObjectField,
  type ScalarField,
  type ScalarType,
} from './field.ts';
import { labelOf } from './label.ts';
import { patternProblem } from '#lib/core/patterns/problem.ts';
import { problemAt, type Problems } from './problems.ts';
import { isJson, isScalarType, type Json, resolve } from './resolve.ts';

const deepest = 20;
/** References multiply: a small schema can describe more fields than any paper has. */
const maxFields = 5000;

interface Reading {
  root: Json;
  problems: Problems;
  /** Patterns that are not evaluated. */
  unchecked: Problems;
  /** Fields read so far. */
  count: number;
}

/**
 * Makes the tree of fields from a JSON Schema (2020-12) of type object. Keywords it does not know are passed over.
 * What is wrong goes to `problems`, each with its path and a fix; the tree leaves those fields out. Patterns that are not
 * evaluated go to `unchecked`; their fields keep them.
 */
export function readFields(schema: Json, problems: Problems, unchecked: Problems): ObjectField {
  const reading = { root: schema, problems, unchecked, count: 0 };
  const field = readField(reading, schema, { name: 'fields', path: 'fields', required: true, refs: [] }, 0);
  if (reading.count > maxFields)
    problems.push(problemAt('fields', `describe more than ${maxFields} values: leave some out`));
  if (field?.kind === 'object') return field;
  if (problems.length === 0) problems.push(problemAt('fields', 'must be a JSON Schema of type object with properties'));
  return {
    kind: 'object',
    name: 'fields',
    label: 'Fields',
    aliases: [],
    description: null,
    required: true,
    fields: [],
  };
}

interface Place {
  name: string;
  /** For messages, such as `fields.Payments.items.Date`. */
  path: string;
  required: boolean;
  /** The references that led here: none may come twice. */
  refs: readonly string[];
}

function readField(reading: Reading, given: unknown, place: Place, depth: number): Field | null {
  const { problems } = reading;
  if (depth > deepest) {
    problems.push(problemAt(place.path, `is nested more than ${deepest} deep: make it flatter`));
    return null;
  }
  reading.count += 1;
  if (reading.count > maxFields) return null;
  const resolved = resolve(reading, given, place);
  if (!resolved) return null;
  return readResolved(reading, resolved.schema, { ...place, refs: resolved.refs }, depth);
}

function readResolved(reading: Reading, schema: Json, place: Place, depth: number): Field | null {
  const { problems } = reading;
  const type = typeOf(schema, place, problems);
  if (type === 'object') return readObject(reading, schema, place, depth);
  if (type === 'array') return readList(reading, schema, place, depth);
  return type ? readScalar(reading, schema, type, place) : null;
}

type Type = ScalarType | 'object' | 'array';

function isType(type: unknown): type is Type {
  return isScalarType(type) || type === 'object' || type === 'array';
}

function typeOf(schema: Json, place: Place, problems: Problems): Type | null {
  const { type } = schema;
  const given: unknown[] = Array.isArray(type) ? type : [type];
  const types = given.filter((one) => one !== 'null' && one !== undefined);
  const known = types.filter(isType);
  const [only, ...others] = known;
  if (known.length < types.length) {
    problems.push(
      problemAt(
        place.path,
        `has the type ${JSON.stringify(type)}: use string, number, integer, boolean, object or array`,
      ),
    );
    return null;
  }
  if (only && others.length === 0) return only;
  if (only) return known.find((one) => one === 'object' || one === 'array') ?? widest(known);
  if (isJson(schema.properties)) return 'object';
  if (schema.items !== undefined) return 'array';
  return 'string';
}

/** Of several kinds of scalar the one that holds them all. */
function widest(types: readonly unknown[]): ScalarType {
  return types.every((type) => type === 'number' || type === 'integer') ? 'number' : 'string';
}

function readObject(reading: Reading, schema: Json, place: Place, depth: number): ObjectField {
  const properties = isJson(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  for (const name of required) {
    if (typeof name !== 'string' || !Object.hasOwn(properties, name)) {
      reading.problems.push(
        problemAt(
          `${place.path}.required`,
          `names ${JSON.stringify(name)}, which is not a property: add it, or leave it out`,
        ),
      );
    }
  }
  const fields = Object.entries(properties).flatMap(([name, property]) => {
    const at = { ...place, name, path: `${place.path}.${name}`, required: required.has(name) };
    if (name === '__proto__' || name.trim() === '') {
      reading.problems.push(problemAt(place.path, `has a field named ${JSON.stringify(name)}: give it another name`));
      return [];
    }
    return readField(reading, property, at, depth + 1) ?? [];
  });
  return { kind: 'object', ...named(schema, place, reading.problems), fields };
}

function readList(reading: Reading, schema: Json, place: Place, depth: number): ListField | null {
  const at = { ...place, path: `${place.path}.items`, required: false };
  const item = readField(reading, schema.items ?? { type: 'string' }, at, depth + 1);
  return item && { kind: 'list', ...named(schema, place, reading.problems), item };
}

function readScalar(reading: Reading, schema: Json, type: ScalarType, place: Place): ScalarField {
  const { problems } = reading;
  return {
    kind: 'scalar',
    ...named(schema, place, problems),
    type,
    format: readFormat(schema, place, problems),
    pattern: readPattern(schema, place, reading),
    enum: readEnum(schema, place, problems),
  };
}

function readFormat({ format }: Json, place: Place, problems: Problems): Format | null {
  if (format === undefined) return null;
  const known = formats.find((one) => one === format);
  if (!known)
    problems.push(problemAt(`${place.path}.format`, `${JSON.stringify(format)} is unknown: use ${formats.join(', ')}`));
  return known ?? null;
}

function readPattern({ pattern }: Json, place: Place, { problems, unchecked }: Reading): string | null {
  if (pattern === undefined) return null;
  if (typeof pattern !== 'string') {
    problems.push(problemAt(`${place.path}.pattern`, 'must be text'));
    return null;
  }
  const problem = patternProblem(pattern);
  if (problem) unchecked.push(problemAt(`${place.path}.pattern`, problem));
  return pattern;
}

function readEnum(schema: Json, place: Place, problems: Problems) {
  const given = schema.enum ?? (schema.const === undefined || schema.const === null ? undefined : [schema.const]);
  if (given === undefined) return null;
  const members = Array.isArray(given) ? given.filter((member) => member !== null) : [];
  const scalars = members.filter((m): m is string | number | boolean =>
    ['string', 'number', 'boolean'].includes(typeof m),
  );
  if (members.length === 0 || scalars.length < members.length) {
    problems.push(problemAt(`${place.path}.enum`, 'must be a list of texts, numbers or booleans'));
    return null;
  }
  return scalars;
}

function named(schema: Json, { name, path, required }: Place, problems: Problems) {
  const given: unknown = schema['x-aliases'] ?? [];
  const listed: unknown[] = Array.isArray(given) ? given : [given];
  const aliases = listed.filter((alias) => typeof alias === 'string');
  if (!Array.isArray(given) || aliases.length < listed.length) {
    problems.push(problemAt(`${path}.x-aliases`, 'must be a list of texts'));
  }
  return {
    name,
    label: typeof schema.title === 'string' ? schema.title : labelOf(name),
    aliases,
    description: typeof schema.description === 'string' ? schema.description : null,
    required,
    ...termOf(schema),
  };
}

/** What is no text is no term either: `termProblems` says so. */
function termOf({ 'x-en16931': given }: Json): { term?: string } {
  if (given === undefined || given === null) return {};
  return { term: typeof given === 'string' ? given : JSON.stringify(given) };
}
