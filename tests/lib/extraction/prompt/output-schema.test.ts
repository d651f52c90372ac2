import { expect, test } from 'vitest';
import { parseDefinition } from '#lib/extraction/definition.ts';
import { outputSchema } from '#lib/extraction/output-schema.ts';

const definition = parseDefinition({
  slug: 'order',
  name: 'Order',
  fields: {
    type: 'object',
    properties: {
      Number: { type: 'string', description: 'beside a $ref this would be refused' },
      Total: { type: 'number' },
      Status: { type: 'string', enum: ['open', 'closed'] },
      Rating: { type: 'string', enum: [1, 2, 'none'] },
      Buyer: { type: 'object', properties: { Name: { type: 'string' } } },
      Tags: { type: 'array', items: { type: 'string' } },
      Lines: { type: 'array', items: { type: 'object', properties: { Price: { type: 'number' } } } },
    },
  },
});

/** Every object and array in a JSON value. */
function nodes(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodes)];
}

test('a leaf is a value with its quote, or null; a list holds only what is there', () => {
  const leaf = (name: string) => ({ $ref: `#/$defs/${name}_leaf` });
  expect(outputSchema(definition.fields)).toMatchObject({
    properties: {
      Number: { anyOf: [leaf('string'), { type: 'null' }] },
      Total: { anyOf: [leaf('number'), { type: 'null' }] },
      Status: { anyOf: [{ properties: { value: { type: 'string', enum: ['open', 'closed'] } } }, { type: 'null' }] },
      Rating: { anyOf: [{ properties: { value: { type: ['number', 'string'] } } }, { type: 'null' }] },
      Tags: { type: 'array', items: leaf('string') },
      Lines: { items: { properties: { Price: { anyOf: [leaf('number'), { type: 'null' }] } } } },
    },
    $defs: { string_leaf: { properties: { value: { type: 'string' }, quote: { type: 'string' } } } },
  });
});

test('is strict: every property required, no others allowed, nothing beside a $ref', () => {
  const schema = nodes(outputSchema(definition.fields));
  const objects = schema.filter((node) => 'type' in node && node.type === 'object');
  expect(objects.length).toBeGreaterThan(4);
  for (const node of objects) {
    expect(node).toMatchObject({ additionalProperties: false });
    if ('properties' in node && 'required' in node) expect(node.required).toEqual(Object.keys(node.properties ?? {}));
  }
  for (const node of schema) if ('$ref' in node) expect(Object.keys(node)).toEqual(['$ref']);
});
