import { describe, expect, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { DefinitionError, type Problem } from '#lib/core/fields/problems.ts';
import { definitionToJson } from '#lib/schemas/definition-json.ts';

const sha256 = 'a'.repeat(64);
const plain = { name: 'Test', fields: { type: 'object', properties: { A: { type: 'string' } } } };

function problemsIn(more: object): readonly Problem[] {
  try {
    parseDefinition({ ...plain, ...more }, { slug: 'test' });
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

describe('what stands around the fields', () => {
  test('is kept, keys that nobody knows included, and reads back the same', () => {
    const knowledge = [{ name: 'prices.xlsx', sha256, type: 'xlsx' }];
    const given = { ...plain, input: 'both', knowledge, owner: { team: 'lending' }, 'x-colour': 'red' };
    const definition = parseDefinition(given, { slug: 'test' });
    expect(definition).toMatchObject({ input: 'both', knowledge });
    const json = definitionToJson(definition);
    expect(json).toMatchObject({ owner: { team: 'lending' }, 'x-colour': 'red', input: 'both', knowledge });
    expect(definitionToJson(parseDefinition(json))).toEqual(json);
  });

  test('need not be said: pages are read as text, without reference documents', () => {
    expect(parseDefinition(plain, { slug: 'test' })).toMatchObject({ input: 'text', knowledge: [], others: {} });
  });

  test('names a reference document once', () => {
    const file = { name: 'a.txt', sha256, type: 'txt' };
    expect(parseDefinition({ ...plain, knowledge: [file, file] }, { slug: 'test' }).knowledge).toEqual([file]);
  });

  test.each<[string, object, string, RegExp]>([
    ['an unknown input', { input: 'video' }, 'input', /text, image or both/],
    ['knowledge that is no list', { knowledge: 'prices' }, 'knowledge', /list of reference documents/],
    [
      'knowledge that was not uploaded',
      { knowledge: [{ name: 'a', sha256: 'abc', type: 'pdf' }] },
      'knowledge.0.sha256',
      /SHA-256 of an uploaded file/,
    ],
    [
      'knowledge that nothing can read',
      { knowledge: [{ name: 'a', sha256, type: 'exe' }] },
      'knowledge.0.type',
      /not a supported file type/,
    ],
    ['a split by nothing', { split: {} }, 'split.by', /name a field, or give pages/],
    ['a split by a missing field', { split: { by: 'B' } }, 'split.by', /not a field: use one of A/],
    ['accounts of half a page', { split: { pages: 0.5 } }, 'split.pages', /whole number/],
    ['accounts of no page', { split: { pages: 0 } }, 'split.pages', /1 or more/],
    ['a split that is a name', { split: 'A' }, 'split', /must be an object with by/],
  ])('%s is named with its path and a mend', (_, more, path, message) => {
    expect(problemsIn(more)).toEqual([{ path, message: expect.stringMatching(message) }]);
  });
});
