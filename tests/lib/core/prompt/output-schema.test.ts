import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { type JsonSchema, outputSchema } from '#lib/core/fields/output-schema.ts';

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

const strictObject = z.object({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()),
  required: z.unknown(),
  additionalProperties: z.unknown(),
});

/** Every object and array in a JSON value. */
function nodes(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(nodes)];
}

/** The schema with its references followed. */
function resolved(schema: JsonSchema): unknown {
  const { $defs, ...root } = schema;
  const definitions = new Map(Object.entries(typeof $defs === 'object' ? $defs : {}));
  const follow = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(follow);
    if (typeof value !== 'object' || value === null) return value;
    if ('$ref' in value) return follow(definitions.get(String(value.$ref).replace('#/$defs/', '')));
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, follow(inner)]));
  };
  return follow(root);
}

const leaf = (value: object) => ({ type: 'object', properties: { value, quote: { type: 'string' } } });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });

test('a leaf is a value with its quote, or null; a list holds only what is there', () => {
  expect(resolved(outputSchema(definition.fields))).toMatchObject({
    properties: {
      Number: orNull(leaf({ type: 'string' })),
      Total: orNull(leaf({ type: 'number' })),
      Status: orNull(leaf({ type: 'string', enum: ['open', 'closed'] })),
      Rating: orNull(leaf({ type: ['number', 'string'], enum: [1, 2, 'none'] })),
      Buyer: orNull({ properties: { Name: orNull(leaf({ type: 'string' })) } }),
      Tags: { type: 'array', items: leaf({ type: 'string' }) },
      Lines: { type: 'array', items: { properties: { Price: orNull(leaf({ type: 'number' })) } } },
    },
  });
});

test('rows that are alike stand there once', () => {
  const list = {
    type: 'array',
    items: { type: 'object', properties: { Period: { type: 'string' }, Amount: { type: 'number' } } },
  };
  const names = Array.from({ length: 100 }, (_, index) => `Metric_${index}`);
  const large = parseDefinition({
    slug: 'large',
    name: 'Large',
    fields: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, list])) },
  });
  expect(Object.keys(outputSchema(large.fields).$defs ?? {})).toHaveLength(3);
});

test('is strict: every property required, no others allowed, nothing beside a $ref', () => {
  const schema = nodes(outputSchema(definition.fields));
  const objects = schema.flatMap((node) => strictObject.safeParse(node).data ?? []);
  expect(objects.length).toBeGreaterThan(4);
  for (const { additionalProperties, required, properties } of objects) {
    expect([additionalProperties, required]).toEqual([false, Object.keys(properties)]);
  }
  const references = schema.filter((node) => '$ref' in node);
  expect(references.map((node) => Object.keys(node).length)).toEqual(references.map(() => 1));
});
