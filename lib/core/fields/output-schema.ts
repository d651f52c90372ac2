import type { Field, ObjectField, ScalarField } from './field.ts';

export type JsonSchema = {
  [keyword: string]: JsonSchema | JsonSchema[] | string | boolean | readonly (string | number | boolean)[];
};

/** Longer lists of allowed values stand in the prompt only: providers limit how many a schema may have. */
const maxEnumMembers = 100;

/** Definitions that the schema refers to, by name. */
type Definitions = Map<string, JsonSchema>;

/**
 * What a model must answer for one page: the tree of fields with each leaf as `{ value, quote }`, or null where the
 * page does not say it. In the dialect that strict structured output takes: every property required, no others
 * allowed, null where something may be absent, nothing beside a `$ref`. Leaves and rows that are alike are shared, which
 * keeps the schema of a large form small.
 */
export function outputSchema({ fields }: ObjectField): JsonSchema {
  const definitions: Definitions = new Map();
  const root = objectSchema(fields, definitions);
  return definitions.size > 0 ? { ...root, $defs: Object.fromEntries(definitions) } : root;
}

function fieldSchema(field: Field, definitions: Definitions): JsonSchema {
  if (field.kind === 'list') return { type: 'array', items: itemSchema(field.item, definitions) };
  return { anyOf: [itemSchema(field, definitions), { type: 'null' }] };
}

/** An item is never null: a row that is not there is left out. */
function itemSchema(item: Field, definitions: Definitions): JsonSchema {
  if (item.kind === 'list') return fieldSchema(item, definitions);
  if (item.kind === 'object') return shared('row', objectSchema(item.fields, definitions), definitions);
  return shared('leaf', leafSchema(valueSchema(item)), definitions);
}

function objectSchema(fields: readonly Field[], definitions: Definitions): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, definitions)])),
    required: fields.map((field) => field.name),
    additionalProperties: false,
  };
}

/** A reference to the definition that is alike, made when there is none. */
function shared(kind: string, schema: JsonSchema, definitions: Definitions): JsonSchema {
  const text = JSON.stringify(schema);
  const known = [...definitions].find(([, one]) => JSON.stringify(one) === text)?.[0];
  const name = known ?? `${kind}_${definitions.size + 1}`;
  if (!known) definitions.set(name, schema);
  return { $ref: `#/$defs/${name}` };
}

function valueSchema({ type, enum: members }: ScalarField): JsonSchema {
  return members && members.length <= maxEnumMembers ? enumSchema(members) : { type };
}

/** Strict schemas want a type beside the values. */
function enumSchema(members: readonly (string | number | boolean)[]): JsonSchema {
  const [type = 'string', ...others] = new Set(members.map((member) => typeof member));
  return { type: others.length > 0 ? [type, ...others] : type, enum: members };
}

function leafSchema(value: JsonSchema): JsonSchema {
  return {
    type: 'object',
    // The quote first: what is written first is copied from the page, and the value is then read off it.
    properties: { quote: { type: 'string' }, value },
    required: ['quote', 'value'],
    additionalProperties: false,
  };
}
