import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import type { Value } from '#lib/core/values/value.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { textPage } from '#tests/support/text-page.ts';

/** What becomes of a value that an engine says to have read on a page. */
function read(
  page: Page,
  value: Scalar,
  { quote = String(value), type = {} }: { quote?: string; type?: object } = {},
): Value {
  const properties = { Wanted: { type: 'string', ...type } };
  const definition = parseDefinition({ type: 'object', properties }, { slug: 'x' });
  const [leaf] = groundReading(definition, page, { leaves: [{ path: ['Wanted'], value, quote }], rowsSeen: [] });
  if (!leaf) throw new Error('nothing was read');
  return leaf;
}
const doubts = ({ signals }: Value) => signals.flatMap(({ name, ok }) => (ok ? [] : [name]));
const report = textPage(0, [
  'Dose: 15 mg',
  'Rating: A-',
  'Change: 5 %',
  'Blood type: AB-',
  'Version 2.10',
  'Ref 12-345',
  'Result: < 50',
  'Drift: -0.5',
  'Range 5 - 10',
  'Share 7%',
]);

describe('a text that differs from the page in a sign alone is not in the document', () => {
  it.each([
    ['1.5 mg', '1.5 mg'],
    ['A', 'Rating: A'],
    ['AB+', 'Blood type: AB+'],
    ['-5 %', '-5 %'],
    ['21.0', 'Version 21.0'],
    ['2.1', 'Version 2.1'],
    ['123-45', 'Ref 123-45'],
    ['> 50', 'Result: > 50'],
    ['50', '50'],
    ['0.5', 'Drift: 0.5'],
    ['510', 'Range 510'],
    ['5 mg', 'Dose: 5 mg'],
  ])('%s', (value, quote) => expect(read(report, value, { quote }).state).toBe('not_in_document'));

  it.each([
    ['A', 'Rating: A-'],
    ['AB', 'Blood type: AB-'],
    ['1.5 mg', 'Dose: 15 mg'],
    ['25 mg', 'Dose: 15 mg'],
    ['50', 'Result: < 50'],
  ])('%s, quoted from %s', (value, quote) => expect(read(report, value, { quote }).state).toBe('not_in_document'));
});

describe('a text that is on the page is found with all its signs', () => {
  it.each(['15 mg', 'A-', 'AB-', '5 %', '2.10', '12-345', '< 50', '-0.5', '5-10', '7%'])('%s', (value) => {
    const leaf = read(report, value);
    expect(leaf.state).toBe('found');
    expect(leaf.trust).toBe(0.9);
  });

  it('with the words that are nothing but signs', () => {
    expect(read(report, '5 – 10').evidence?.quote).toBe('5 - 10');
    expect(read(report, '< 50', { quote: 'Result: < 50' }).evidence?.quote).toBe('Result: < 50');
  });
});

test('whatever a page says, only what has the same figures and signs is found on it', () => {
  const figure = fc.stringMatching(/^[<>]?[-+]?\d{1,3}([.,:/-]\d{1,3})?[%+-]?$/);
  const withoutPlus = (text: string) => text.replace(/^\+/, '');
  fc.assert(
    fc.property(figure, figure, (printed, said) => {
      fc.pre(withoutPlus(printed) !== withoutPlus(said) && printed !== `${said}%`);
      expect(read(textPage(0, [`Result: ${printed}`, 'Thank you']), said).state).toBe('not_in_document');
      expect(read(textPage(0, [`Result: ${printed}`, 'Thank you']), printed).state).toBe('found');
    }),
  );
});

describe('what is not quite as the page has it is found, and said to differ', () => {
  it.each([
    ['a percent sign that is left out', '7', 'Share 7%', ['spelling']],
    ['accents that are left out', 'Pena', 'Pena', ['spelling']],
    ['characters that OCR confuses', 'INV-1005', 'INV-1005', ['spelling']],
    ['a value in other words than its quote', 'Germany', 'Deutschland', ['wording']],
  ])('%s', (_, value, quote, names) => {
    const page = textPage(0, ['Share 7%', 'Señor Peña', 'INV-1OO5', 'Deutschland']);
    const leaf = read(page, value, { quote });
    expect([leaf.state, doubts(leaf)]).toEqual(['found', names]);
  });

  it('a choice may be made without its name being printed', () => {
    const type = { enum: ['Utilities', 'Travel'] };
    const leaf = read(textPage(0, ['Electricity bill']), 'Utilities', { quote: 'Electricity bill', type });
    expect([leaf.state, doubts(leaf)]).toEqual(['found', []]);
  });

  it('but not against what is printed', () => {
    const type = { enum: ['A', 'A+', 'A-', '<50', '>50'] };
    for (const [value, quote] of [
      ['A+', 'Rating: A-'],
      ['>50', 'Result: < 50'],
    ] as const)
      expect(read(report, value, { quote, type }).state).toBe('not_in_document');
  });

  it('a number that is printed with the other sign needs attention', () => {
    const type = { type: 'number' };
    const leaf = read(textPage(0, ['Change 12.50']), -12.5, { quote: 'Change 12.50', type });
    expect([leaf.state, doubts(leaf)]).toEqual(['found', ['sign']]);
    expect(leaf.trust).toBeLessThan(0.6);
    expect(doubts(read(textPage(0, ['Paid 12.50', 'Change -12.50']), -12.5, { quote: '12.50', type }))).toEqual([]);
  });
});

test('a value that the page says elsewhere, and with another sign beside its label, needs attention', () => {
  const page = textPage(0, ['Rating: A-', 'Wanted: A+', 'Order 17', 'Remark: none']);
  const leaf = read(page, 'A-');
  expect([leaf.state, doubts(leaf)]).toEqual(['found', ['sign']]);
  expect(leaf.signals.find(({ name }) => name === 'sign')?.detail).toBe('the page says "A+" beside its label');
  expect(leaf.trust).toBeLessThan(0.6);
  expect(doubts(read(page, 'A+'))).toEqual([]);
  expect(doubts(read(textPage(0, ['Rating: A+', 'Wanted: A-']), 'A-'))).toEqual([]);
});

test('a text in which a date or a number is written otherwise than on the page is found by its quote', () => {
  const page = textPage(0, ['Signed on 3 January 2025', 'for 1,234.50 in all']);
  expect(read(page, '2025-01-03', { quote: '3 January 2025' }).state).toBe('found');
  expect(read(page, '1234.5', { quote: '1,234.50' }).state).toBe('found');
  expect(read(page, '2025-01-04', { quote: '3 January 2025' }).state).toBe('not_in_document');
});
