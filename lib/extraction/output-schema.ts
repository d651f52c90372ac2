import type { Field, ObjectField, ScalarField, ScalarType } from './field.ts';

export type JsonSchema = {
  [keyword: string]: JsonSchema | JsonSchema[] | string | boolean | readonly (string | number | boolean)[];
};

/** Longer lists of allowed values stand in the prompt only: providers limit how many a schema may have. */
const mostEnumMembers = 100;

/**
 * What a model must answer for one page: the tree of fields with each leaf as `{ value, quote }`, or null where the
 * page does not say it. In the dialect that strict structured output takes: every property required, no others
 * allowed, null where something may be absent, nothing beside a `$ref`. Leaves are shared definitions, which keeps the
 * schema of a large form small.
 */
export function outputSchema(fields: ObjectField): JsonSchema {
  const types = new Set<ScalarType>();
  const root = objectSchema(fields, types);
  const definitions = [...types].map((type) => [definitionName(type), leafSchema({ type })]);
  return { ...root, $defs: Object.fromEntries(definitions) };
}

function fieldSchema(field: Field, types: Set<ScalarType>): JsonSchema {
  if (field.kind === 'scalar') return nullable(scalarSchema(field, types));
  if (field.kind === 'list') return { type: 'array', items: itemSchema(field.item, types) };
  return nullable(objectSchema(field, types));
}

/** An item is never null: a row that is not there is left out. */
function itemSchema(item: Field, types: Set<ScalarType>): JsonSchema {
  if (item.kind === 'scalar') return scalarSchema(item, types);
  return item.kind === 'object' ? objectSchema(item, types) : fieldSchema(item, types);
}

function objectSchema({ fields }: ObjectField, types: Set<ScalarType>): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, types)])),
    required: fields.map((field) => field.name),
    additionalProperties: false,
  };
}

function scalarSchema(field: ScalarField, types: Set<ScalarType>): JsonSchema {
  if (field.enum && field.enum.length <= mostEnumMembers) return leafSchema(enumSchema(field.enum));
  types.add(field.type);
  return { $ref: `#/$defs/${definitionName(field.type)}` };
}

/** Strict schemas want a type beside the values. */
function enumSchema(members: readonly (string | number | boolean)[]): JsonSchema {
  const [type = 'string', ...others] = new Set(members.map((member) => typeof member));
  return { type: others.length > 0 ? [type, ...others] : type, enum: members };
}

function leafSchema(value: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: { value, quote: { type: 'string' } },
    required: ['value', 'quote'],
    additionalProperties: false,
  };
}

function nullable(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

function definitionName(type: ScalarType): string {
  return `${type}_leaf`;
}
