import { expect, test } from 'vitest';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { unevaluatedPattern } from '#lib/core/splitting/target.ts';
import { loanSchema, mapOf, splitText } from '#tests/support/split-text.ts';

function savedSchema(pattern: string) {
  const { jsonSchema, split } = loanSchema();
  return parseSavedDefinition({ slug: 'loans', name: 'Loans', fields: jsonSchema, split: { ...split, pattern } });
}

const pages = ['Account number: 1001-22', 'more of it', 'Account number: 1002-33', 'LN-555666'];

test('a pattern that is evaluated finds numbers without a label', () => {
  expect(mapOf(splitText(pages, savedSchema('^(LN-)?[0-9-]{6,}$')))).toHaveProperty('LN-555666');
  expect(unevaluatedPattern(savedSchema('^LN-[0-9]+$'))).toBeNull();
});

test('a saved pattern that is not linear is passed over, and that is said', () => {
  const schema = savedSchema('^(?=LN-)[A-Z]{2}-[0-9]+$');
  expect(splitText(pages, schema)).toEqual(splitText(pages));
  expect(unevaluatedPattern(schema)).toBe(
    "The schema's split.pattern was not used to find account numbers: it contains a look-ahead, (?=…), which is not supported: rewrite the pattern without it.",
  );
});

test('a saved pattern of the field that is not linear says nothing about its numbers', () => {
  const { jsonSchema, split } = loanSchema({}, { pattern: '^[0-9-]+$' });
  const fields: unknown = JSON.parse(JSON.stringify(jsonSchema).replace('^[0-9-]+$', '^(?![0-9-]+$)'));
  expect(mapOf(splitText(pages, parseSavedDefinition({ slug: 'loans', name: 'Loans', fields, split })))).toEqual(
    mapOf(splitText(pages)),
  );
});
