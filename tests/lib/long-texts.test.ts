import { describe, expect, test } from 'vitest';
import { downloadName } from '#lib/core/export/names.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { ScalarField } from '#lib/core/fields/field.ts';
import { parseCells } from '#lib/core/values/grid-edits.ts';
import { AnswerError, answerLeaves, parseAnswer } from '#lib/core/prompt/answer.ts';
import { identifierOf, readIdentifier } from '#lib/core/splitting/identifier.ts';
import { detectText } from '#lib/files/detect-text.ts';
import { normalise } from '#lib/core/normalise/value.ts';
import { findSpans, type Kind } from '#worker/engines/builtin/kinds.ts';
import { isNameLike } from '#worker/engines/builtin/names.ts';

// What takes more than linear time hangs on these: a test that ends has shown it.

/** Texts of about 100,000 characters, each of one piece repeated that something in them may begin or end with. */
const pieces = [
  'a',
  '-',
  ' ',
  '\n',
  '.',
  ',',
  '(',
  '1',
  '*',
  'x',
  '#',
  'a.',
  'a-',
  '1 ',
  '111 ',
  'a@',
  'www.',
  'N° ',
  '```\n',
  '"\t',
  'a.com/',
];
const longTexts = pieces.map((piece) => [piece, piece.repeat(100_000 / piece.length)] as const);

function fieldOf(schema: object): ScalarField {
  const { fields } = parseDefinition({
    slug: 's',
    name: 'S',
    fields: { type: 'object', properties: { Value: schema } },
  });
  const [field] = fields.fields;
  if (field?.kind !== 'scalar') throw new Error('not a scalar');
  return field;
}

const { fields: order } = parseDefinition({
  slug: 's',
  name: 'S',
  fields: { type: 'object', properties: { A: { type: 'string' } } },
});

function word(text: string) {
  return { text, index: 0, x: 0, y: 0, width: 0.1, height: 0.01, confidence: null };
}

describe.each(longTexts)('%j repeated', (_, text) => {
  test('is looked at by the built-in engine for every kind of value', () => {
    const kinds: Kind[] = ['number', 'date', 'time', 'currency', 'iban', 'phone', 'email', 'uri', 'code', 'choice'];
    const field = fieldOf({ type: 'string' });
    for (const kind of kinds) expect(Array.isArray(findSpans(text, kind, field, 'en-US'))).toBe(true);
    expect(typeof isNameLike(text)).toBe('boolean');
  });

  test('is read as a value of every format', () => {
    const schemas = ['date', 'time', 'email', 'uri', 'phone', 'iban', 'currency'].map((format) => ({
      type: 'string',
      format,
    }));
    for (const schema of [...schemas, { type: 'number' }])
      expect(normalise(fieldOf(schema), text, 'en-US').raw).toBe(text.replace(/\s+/g, ' ').trim());
  });

  test('is an identifier, cells, a name of a file, a text and an answer', () => {
    const shape = { field: null, split: null };
    expect(readIdentifier([word(text)], shape, true)?.isMasked ?? false).toBe(false);
    expect(parseCells(text).length).toBeGreaterThanOrEqual(0);
    expect(downloadName(text).length).toBeLessThanOrEqual(120);
    expect(detectText(Buffer.from(text), false, 'a.bin')).not.toBeNull();
    expect(() => parseAnswer(order, text)).toThrow(AnswerError);
  });
});

test('the type of a page that begins with many comments is seen at once', () => {
  const comments = '<!---->'.repeat(500);
  expect(detectText(Buffer.from(`${comments}x`), false, 'a.txt')).toBe('txt');
  expect(detectText(Buffer.from(`<?xml version="1.0"?>\n<!-- a --> <!-- b -->\n<html>`), false, 'a.bin')).toBe('html');
});

test.each(['*', 'x', 'xx-', '**** '])('a line of %j is no masked number, and one that ends with digits is', (piece) => {
  const shape = { field: null, split: null };
  const line = piece.repeat(50_000);
  expect(identifierOf([word(line)], shape, false)).toBeNull();
  expect(identifierOf([word(`${line}1234`)], shape, false)).toMatchObject({ canonical: '1234', isMasked: true });
});

test('an answer is found in its fence behind any white space', () => {
  const blank = '\n'.repeat(100_000);
  expect(answerLeaves(parseAnswer(order, `Here:\n\`\`\`json\n${blank}{"A": "one"}\n  \`\`\`\n}`))).toMatchObject([
    { value: 'one' },
  ]);
  expect(() => parseAnswer(order, `\`\`\`json\n${blank}`)).toThrow(AnswerError);
});
