import { describe, expect, it } from 'vitest';
import { fieldAt } from '#lib/core/fields/field.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { isAllTerms, isLines, termOf } from '#lib/core/values/invoice-terms.ts';

const text = { type: 'string' };
const fieldsOf = (properties: object) => parseDefinition({ type: 'object', properties }, { slug: 'test' }).fields;

function scalar(definition: object) {
  const field = fieldAt(fieldsOf({ Some_Field: definition }), ['Some_Field']);
  if (field?.kind !== 'scalar') throw new Error('this is no single value');
  return field;
}

function list(columns: object, more: object = {}) {
  const properties = { Rows: { type: 'array', items: { type: 'object', properties: columns }, ...more } };
  const field = fieldAt(fieldsOf(properties), ['Rows']);
  if (field?.kind !== 'list') throw new Error('this is no list');
  return field;
}

describe('the business term of a field', () => {
  it.each([
    ['that it names', { ...text, title: 'Grand total', 'x-en16931': 'BT-115' }, 'BT-115'],
    ['whose words are its title', { ...text, title: 'GRAND  TOTAL' }, 'BT-112'],
    ['whose words are an alias', { ...text, 'x-aliases': ['Rechnungsnummer', 'Invoice number'] }, 'BT-1'],
    ['is none where its words are only similar', { ...text, 'x-aliases': ['Date', 'Number', 'Total'] }, null],
    ['is none of a line outside of lines', { ...text, title: 'Unit price' }, null],
  ])('%s', (_, definition, term) => {
    expect(termOf(scalar(definition), false)).toBe(term);
  });
});

describe('a list', () => {
  it('is the lines when it says so, whatever its columns are called', () => {
    expect(isLines(list({ A: text }, { 'x-en16931': 'BG-25' }))).toBe(true);
  });

  it('is the lines when its columns are those of goods', () => {
    expect(isLines(list({ Description: text, Quantity: text, Colour: text }))).toBe(true);
  });

  it('of payments is not, though they have amounts and descriptions', () => {
    expect(isLines(list({ Date: text, Description: text, Amount: text }))).toBe(false);
  });
});

it('pages of XML need no engine only when every value is a term', () => {
  const lines = { type: 'array', items: { type: 'object', properties: { Quantity: text, Amount: text } } };
  expect(isAllTerms(fieldsOf({ Invoice_Number: text, Lines: lines }))).toBe(true);
  expect(isAllTerms(fieldsOf({ Invoice_Number: text, Colour: text }))).toBe(false);
});
