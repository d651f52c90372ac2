import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import type { Value } from '#lib/core/values/value.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import { decimalMarkIn, numbersLocale } from '#lib/core/normalise/decimal-mark.ts';
import { fitsJsonNumber, withLatinDigits } from '#lib/core/normalise/digits.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { textPage } from '#tests/support/text-page.ts';

/** What becomes of a number that an engine read on a page of these lines. */
function read(
  lines: readonly string[],
  value: Scalar,
  { locale = 'en-US', name = 'Wanted', type = 'number' } = {},
): Value {
  const fields = { type: 'object', properties: { [name]: { type } } };
  const definition = parseDefinition({ slug: 'x', name: 'x', locale, fields });
  const reading = { leaves: [{ path: [name], value, quote: String(value) }], rowsSeen: [] };
  const [leaf] = groundReading(definition, textPage(0, lines), reading);
  if (!leaf) throw new Error('nothing was read');
  return leaf;
}
const doubt = ({ signals }: Value, wanted: string) => signals.find(({ name, ok }) => name === wanted && !ok);
const alternatives = (leaf: Value) => doubt(leaf, 'ambiguity')?.alternatives?.toSorted() ?? null;

describe('one mark before three digits', () => {
  it.each([
    ['€ 1.234', 'en-US', 1234],
    ['$1.500', 'en-US', 1500],
    ['USD 1.000', 'en-US', 1000],
    ['EUR 1,234', 'de-DE', 1234],
  ])('of an amount, %s in %s, is one of thousands, and said to be unsure', (printed, locale, value) => {
    const leaf = read([`Paid ${printed}`], printed, { locale });
    expect(leaf.value).toBe(value);
    expect(alternatives(leaf)).toEqual([String(value / 1000), String(value)]);
    expect(leaf.trust).toBeLessThan(0.6);
  });

  it.each([
    ['$1,500', 'en-US', 1500],
    ['1.234 €', 'de-DE', 1234],
    ['KWD 1.234', 'en-US', 1.234],
    ['1.234', 'en-US', 1.234],
    ['€ 0.125', 'en-US', 0.125],
    ['1,234', 'de-DE', 1.234],
    ['1234.567', 'en-US', 1234.567],
    ['1234,567', 'en-US', 1234.567],
  ])('is no question in %s (%s)', (printed, locale, value) => {
    const leaf = read([`Paid ${printed}`], printed, { locale });
    expect([leaf.value, alternatives(leaf)]).toEqual([value, null]);
  });

  it('of a field that is an amount by its name is unsure without a currency too', () => {
    expect(alternatives(read(['1.234'], '1.234', { name: 'Total_Paid' }))).toEqual(['1.234', '1234']);
    expect(alternatives(read(['1.234'], '1.234', { name: 'Weight' }))).toBeNull();
  });

  it('is decided by the other numbers of its page', () => {
    const german = ['Netto 1.234.567,00', 'Paid € 1.234'];
    const english = ['Net 1,234,567.00', 'Diesel per litre € 1.899'];
    expect([read(german, '€ 1.234').value, alternatives(read(german, '€ 1.234'))]).toEqual([1234, null]);
    expect([read(english, '€ 1.899').value, alternatives(read(english, '€ 1.899'))]).toEqual([1.899, null]);
  });

  it('that a model read as one of the two is found, and said to be unsure where it is', () => {
    expect([read(['Paid 1.234'], 1234).state, alternatives(read(['Paid 1.234'], 1234))]).toEqual([
      'found',
      ['1.234', '1234'],
    ]);
    expect(alternatives(read(['Paid € 1.234'], 1.234))).toEqual(['1.234', '1234']);
    expect(alternatives(read(['Paid 12.34'], 12.34))).toBeNull();
  });
});

describe('the mark of decimals that a page shows', () => {
  it.each([
    ['1.234,50', ','],
    ['1,234.50', '.'],
    ['1.234.567', ','],
    ['2,50 and 3,75 and 10,00', ','],
    ['2.50 and 3.75', null],
    ['1.234,50 and 7.50', null],
    ['12.05.2025 at 14.30, version 2.10', null],
    ['nothing', null],
  ])('%s: %s', (text, mark) => expect(decimalMarkIn(text)).toBe(mark));

  test('outweighs the locale only where nothing speaks for the locale', () => {
    expect(numbersLocale('1.234,50', 'en-US')).toBe('de-DE');
    expect(numbersLocale('1.234,50', 'fr-FR')).toBe('fr-FR');
    expect(numbersLocale('1,234.50', 'de-DE')).toBe('en-US');
    expect(numbersLocale('1,234.50 and 7,50', 'de-DE')).toBe('de-DE');
  });
});

describe('a number is read whole', () => {
  it.each([
    ['1e5', 100_000],
    ['1.2E-05', 0.000012],
    ['1.23457E+11', 123_457_000_000],
    ['１，２３４．５０', 1234.5],
    ['٣٤', 34],
    ['٣٤٫٥', 34.5],
  ])('%s', (printed, value) => expect(findNumbers(printed.normalize('NFKC'), 'en-US')).toMatchObject([{ value }]));

  it('with the side of the account that it is on, which leaves its sign unsure', () => {
    for (const [printed, value] of [
      ['1,234.56 CR', 1234.56],
      ['1,234.56 DR', -1234.56],
      ['DR 1,234.56', -1234.56],
    ] as const) {
      const leaf = read([`Balance ${printed}`], printed);
      expect([leaf.value, leaf.state]).toEqual([value, 'found']);
      expect(alternatives(leaf)).toEqual(['-1234.56', '1234.56']);
    }
    expect(alternatives(read(['Balance 1,234.56 DR'], 1234.56))).toEqual(['-1234.56', '1234.56']);
    expect(findNumbers('Room 5 Dr. Berg', 'en-US')).toMatchObject([{ value: 5, isAmbiguous: false }]);
  });

  it('but not out of what is only a bound of it', () => {
    expect(doubt(read(['Result < 50'], 50), 'sign')).toBeDefined();
    expect(doubt(read(['Result => 50'], 50), 'sign')).toBeUndefined();
  });
});

test('a last group of other than three digits is rather a misread point, and said to be unsure', () => {
  for (const [printed, decimal, whole] of [
    ['1,234,56', 1234.56, '123456'],
    ['1.234.567,89', 1234567.89, null],
    ['1.234.567.8', 1234567.8, '12345678'],
    ['12,34,567', 1234567, null],
  ] as const) {
    const leaf = read([`Paid ${printed}`], printed);
    expect([leaf.value, leaf.state]).toEqual([decimal, 'found']);
    expect(alternatives(leaf)).toEqual(whole && [String(decimal), whole].toSorted());
  }
});

describe('digits that a JSON number loses', () => {
  it.each([
    '9999888877776667',
    '12345678901234567890',
    '0.12345678901234567891',
    '1.00000000000000000001',
    '4503599627370497.25',
  ])('%s are kept as text', (digits) => {
    const leaf = read([`Card ${digits}`], digits);
    expect([leaf.value, leaf.state]).toEqual([digits, 'found']);
    expect(doubt(leaf, 'digits')?.detail).toContain('kept as text');
    expect(leaf.trust).toBeLessThan(0.6);
  });

  it('are not found where the page has others', () => {
    expect(read(['Card 9999888877776668'], '9999888877776667').state).toBe('not_in_document');
  });

  test('of any whole number, none is lost', () => {
    const digits = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      fc.bigInt({ min: 2n ** 53n - 9n, max: 2n ** 53n + 9n }),
    );
    fc.assert(
      fc.property(digits.map(String), fc.boolean(), (plain, isNegative) => {
        const printed = isNegative && plain !== '0' ? `-${plain}` : plain;
        const { value } = read([`Number: ${printed}`], printed, { type: 'integer' });
        expect(String(value)).toBe(printed);
        expect(typeof value).toBe(fitsJsonNumber(printed) ? 'number' : 'string');
      }),
    );
  });
});

test('places stay the same when digits of other scripts are read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(withLatinDigits(text)).toHaveLength(text.length);
    }),
  );
});

describe('an amount as people write it', () => {
  it.each([
    ["CHF 1'234.50", '1234.5'],
    ['CHF 1`234.50', '1234.5'],
    ['1´234.50', '1234.5'],
    ['1ʼ234.50', '1234.5'],
    ['Fr. 98.–', '98'],
    ['1.234,-- EUR', '1234'],
    ['98,- kr', '98'],
    ['Rs. 5,000/-', '5000'],
    ['25²⁷', '25.27'],
    ['1,250²', '1250'],
    ['1 234.50 -', '-1234.5'],
    ['( 680,100 )', '-680100'],
    ['12.00 – paid', '12'],
    ['Rs.5,000/-', '5000'],
    ['Rp1.234.567,-', '1234567'],
    ['25.⁹⁹', '25.99'],
    ["1'234⁵⁰", '1234.5'],
    ['12.50¹²', '12.5'],
    ['45.00 €-', '-45'],
    ['45.00 (-)', '-45'],
    ['10 €-Bon', '10'],
    ['1,234.50 (Dr)', '-1234.5'],
    ['1,234.50 OD', '-1234.5'],
    ['4½', '4.5'],
    ['2 ⅜', '2.375'],
    ['¾', '0.75'],
    ['▲ 1,250', '1250'],
  ])('%s is %s', (text, digits) => {
    expect(findNumbers(text, 'de-CH').map((number) => number.digits)).toEqual([digits]);
  });

  it('is below zero behind a triangle in Japan', () => {
    expect(findNumbers('▲1,234 △5', 'ja-JP').map(({ value }) => value)).toEqual([-1234, -5]);
  });

  it.each([
    ['1.2 Mio. €', '1200000'],
    ['USD 3.5 billion', '3500000000'],
    ['₹ 5 Lakh', '500000'],
    ['2 crores', '20000000'],
  ])('in millions and the like is said to be unsure: %s', (text, digits) => {
    const [number, ...more] = findNumbers(text, 'en-US');
    expect([number?.digits, number?.isAmbiguous, more]).toEqual([digits, true, []]);
    expect(number?.other).toBeLessThan(6);
  });
});

it.each([
  ['<1,234.50>', 'en-US', -1234.5],
  ['[1,234.50]', 'en-US', -1234.5],
  ['minus 45', 'en-US', -45],
  ['minus 45,50', 'de-DE', -45.5],
  ['45,00 S', 'de-DE', -45],
  ['45,00 H', 'de-DE', 45],
  ['45.00 S', 'en-US', 45],
  ['< 50', 'en-US', 50],
  ['[12]', 'en-US', 12],
])('%s (%s) is %d', (printed, locale, value) => {
  expect(findNumbers(printed, locale)).toMatchObject([{ value }]);
});

it('a size or a name behind an amount is no side of an account', () => {
  expect(findNumbers('12,50 Stück', 'de-DE')).toMatchObject([{ value: 12.5 }]);
  expect(findNumbers('12,50 S-Bahn', 'de-DE')).toMatchObject([{ value: 12.5 }]);
  expect(findNumbers('12,50 S 4', 'de-DE').map(({ value }) => value)).toEqual([12.5, 4]);
});
