import { type ScalarType, scalarTypes } from './field.ts';
import { problemAt, type Problems } from './problems.ts';

/** A part of a JSON Schema. */
export type Json = Record<string, unknown>;

interface Reading {
  root: Json;
  problems: Problems;
}

interface Place {
  path: string;
  refs: readonly string[];
}

/** Follows `$ref` and takes the one alternative of `anyOf`/`oneOf` that is not null. */
export function resolve(
  { root, problems }: Reading,
  given: unknown,
  place: Place,
): { schema: Json; refs: readonly string[] } | null {
  let schema = given;
  let { refs } = place;
  for (;;) {
    if (!isJson(schema)) {
      problems.push(problemAt(place.path, 'must be a JSON Schema, an object with a type'));
      return null;
    }
    if (typeof schema.$ref !== 'string') {
      const merged = mergeAlternatives(root, schema);
      if (!merged) return { schema, refs };
      schema = merged;
      continue;
    }
    const { $ref, ...rest } = schema;
    const target = lookUp(root, $ref);
    if (!target || refs.includes($ref)) {
      const fix = target ? 'which leads back to itself: give it an end' : 'which is not there: define it under $defs';
      problems.push(problemAt(place.path, `refers to ${$ref}, ${fix}`));
      return null;
    }
    refs = refs.concat($ref);
    schema = { ...target, ...rest };
  }
}

/** null when there are none. Several kinds of scalar become text, which can hold them all. */
function mergeAlternatives(root: Json, schema: Json): Json | null {
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const alternatives = schema[keyword];
    if (!Array.isArray(alternatives)) continue;
    const { [keyword]: _dropped, ...rest } = schema;
    const real = alternatives.filter(isJson).filter((alternative) => alternative.type !== 'null');
    if (keyword === 'allOf') return mergeParts(root, [...real, rest]);
    const [first] = real;
    if (!first) return { ...rest, type: 'null' };
    const same = real.every((alternative) => isScalarType(alternative.type) && alternative.type === first.type);
    if (real.length === 1) return { ...first, ...rest };
    if (same) return { ...common(real), ...rest };
    const compound = real.find(
      (alternative) => alternative.type === 'object' || alternative.type === 'array' || alternative.$ref,
    );
    return { ...(compound ?? { type: 'string' }), ...rest };
  }
  return null;
}

/** What parts say together: all their properties, and of other keywords the last. */
function mergeParts(root: Json, parts: readonly Json[]): Json {
  const referring = parts.filter((part) => typeof part.$ref === 'string').length;
  const whole: Json = {};
  for (const part of parts) {
    const target = referring > 1 && typeof part.$ref === 'string' ? lookUp(root, part.$ref) : null;
    const { $ref, ...own }: Json = { ...target, ...part };
    const properties = isJson(own.properties) && {
      ...(isJson(whole.properties) && whole.properties),
      ...own.properties,
    };
    const required = [whole.required, own.required].filter(Array.isArray).flat();
    Object.assign(whole, own, properties && { properties }, required.length > 0 && { required });
    if (!target && typeof $ref === 'string') whole.$ref = $ref;
  }
  return whole;
}

/** What all alternatives say alike; of their allowed values, all. */
function common(alternatives: readonly Json[]): Json {
  const [first = {}, ...others] = alternatives;
  const shared = Object.entries(first).filter(([keyword, value]) => others.every((other) => other[keyword] === value));
  const choices = alternatives.map((alternative) => alternative.enum);
  return { ...Object.fromEntries(shared), ...(choices.every(Array.isArray) && { enum: choices.flat() }) };
}

function lookUp(root: Json, reference: string): Json | null {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return null;
  let at: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const step = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isJson(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return isJson(at) ? at : null;
}

/** A reference is part of a URI. One that is not encoded well is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

export function isScalarType(type: unknown): type is ScalarType {
  return scalarTypes.some((one) => one === type);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
