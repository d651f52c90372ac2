import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { type Grounding, ground } from '#lib/core/grounding/ground.ts';
import { normalise } from '#lib/core/normalise/value.ts';
import { gridPage } from '#worker/readers/grid-page.ts';
import { textPage } from '#tests/support/text-page.ts';

const fieldsOf = (properties: object) => parseDefinition({ type: 'object', properties }, { slug: 'x' }).fields.fields;
const field = (type: object): ScalarField => {
  const [first] = fieldsOf({ Wanted: type });
  if (first?.kind !== 'scalar') throw new Error('not a scalar');
  return first;
};
const number = field({ type: 'number' });
const date = field({ type: 'string', format: 'date' });
const text = field({ type: 'string' });

interface Said {
  value: Scalar;
  quote?: string;
  hint?: number[];
}

function find(page: Page, of: ScalarField, { value, quote, hint }: Said, locale = 'en-US'): Grounding | null {
  return ground(page, { value, quote: quote ?? null, raw: quote ?? String(value), hint }, of, locale);
}

/** Lines of other words around the one that counts. */
const pageWith = (line: string) =>
  textPage(0, ['Northwind Traders, 12 Harbour Street', '', line, '', 'Thank you for your order. Questions? Call us.']);

const amounts = fc.integer({ min: 10_000, max: 99_999_999 }).map((cents) => cents / 100);
const english = (amount: number) => amount.toLocaleString('en-US', { minimumFractionDigits: 2 });
const swapped = (amount: number, thousands: string) =>
  english(amount).replace(/[.,]/g, (sign) => (sign === '.' ? ',' : thousands));

describe('whatever is printed is found again', () => {
  const prints: [string, string, (amount: number) => string][] = [
    ['1,234.50', 'en-US', english],
    ['1234.50', 'en-US', (amount) => amount.toFixed(2)],
    ['1.234,50', 'de-DE', (amount) => swapped(amount, '.')],
    ['1 234,50', 'fr-FR', (amount) => swapped(amount, ' ')],
    ['1 234,50 (narrow)', 'fr-FR', (amount) => swapped(amount, '\u202f')],
    ["1'234.50", 'de-CH', (amount) => english(amount).replaceAll(',', "'")],
    ['$1,234.50', 'en-US', (amount) => `$${english(amount)}`],
    ['EUR 1.234,50', 'de-DE', (amount) => `EUR ${swapped(amount, '.')}`],
    ['1.234,50 €', 'de-DE', (amount) => `${swapped(amount, '.')} €`],
    ['(1,234.50)', 'en-US', (amount) => `(${english(amount)})`],
    ['1,234.50-', 'en-US', (amount) => `${english(amount)}-`],
  ];
  it.each(prints)('an amount as %s (%s)', (_, locale, print) => {
    fc.assert(
      fc.property(amounts, amounts, (amount, other) => {
        fc.pre(Math.abs(amount - other) > 0.001);
        const page = pageWith(`Subtotal  ${print(other)}   Total  ${print(amount)}`);
        const found = find(page, number, { value: amount }, locale);
        expect(found?.quote.replace(/\D/g, '')).toBe(print(amount).replace(/\D/g, ''));
      }),
    );
  });

  const dates = fc.date({ min: new Date('1950-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });
  const written = (locale: string, month: 'long' | 'short') => (day: Date) =>
    day.toLocaleDateString(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
  const digits = (day: Date) => day.toISOString().slice(0, 10).split('-');
  const forms: [string, string, (day: Date) => string][] = [
    ['2025-03-14', 'en-US', (day) => digits(day).join('-')],
    ['14.03.2025', 'de-DE', (day) => digits(day).toReversed().join('.')],
    ['14/03/2025', 'en-GB', (day) => digits(day).toReversed().join('/')],
    ['3/14/2025', 'en-US', (day) => `${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()}`],
    ['March 14, 2025', 'en-US', written('en-US', 'long')],
    ['14 March 2025', 'en-GB', written('en-GB', 'long')],
    ['14. März 2025', 'de-DE', written('de-DE', 'long')],
    ['14 mars 2025', 'fr-FR', written('fr-FR', 'long')],
    ['14 de marzo de 2025', 'es-ES', written('es-ES', 'long')],
    ['Mar 14, 2025', 'en-US', written('en-US', 'short')],
  ];
  it.each(forms)('a date as %s (%s)', (_, locale, print) => {
    fc.assert(
      fc.property(dates, (day) => {
        const value = day.toISOString().slice(0, 10);
        const found = find(pageWith(`Issued on ${print(day)} in Hamburg`), date, { value }, locale);
        expect(found?.quote.replace(/\W+$/, '')).toContain(print(day).split(/\s/)[0]?.replace(/\W+$/, ''));
      }),
    );
  });

  const words = fc.array(fc.stringMatching(/^[A-Za-zÄÖÜäöüéèñ]{3,9}$/), { minLength: 2, maxLength: 5 });
  it('a text in another case, with other marks, over two lines, hyphenated or with ligatures', () => {
    fc.assert(
      fc.property(words, fc.constantFrom('upper', 'marks', 'lines', 'hyphen', 'ligature'), (list, how) => {
        const value = list.join(' ');
        // Nobody parts a word behind its first letter.
        const split = Math.floor(value.length / 2) + (value.charAt(Math.floor(value.length / 2) - 2) === ' ' ? 1 : 0);
        const printed = {
          upper: value.toUpperCase(),
          marks: list.join(', '),
          lines: list.join('\n'),
          hyphen: `${value.slice(0, split).trimEnd()}-\n${value.slice(split).trimStart()}`,
          ligature: value.replaceAll('ff', '\uFB00').replaceAll('fi', '\uFB01'),
        }[how];
        const found = find(textPage(0, ['Ship to', ...printed.split('\n'), 'Order 17']), text, { value });
        expect(found?.difference).toBeNull();
        expect(found?.boxes).toHaveLength(printed.split('\n').length);
      }),
    );
  });
});

describe('what does not stand there is not found', () => {
  it('two neighbouring amounts are not one number', () => {
    const page = textPage(0, ['Units   Amount', '42  988.92']);
    expect(find(page, number, { value: 42_988.92 }, 'fr-FR')).toBeNull();
    expect(find(page, number, { value: 988.92 }, 'fr-FR')?.quote).toBe('988.92');
  });

  it('nor are two neighbouring cells of a worksheet', () => {
    const cell = (column: number, content: string) => ({ row: 0, column, text: content });
    const page = gridPage(0, { title: 'Sheet', rows: [[cell(0, '42'), cell(1, '988.92')]] });
    expect(find(page, number, { value: 42_988.92 }, 'fr-FR')).toBeNull();
    expect(find(page, number, { value: 42 })?.quote).toBe('42');
  });

  it('a number inside a longer one, or a quote that says another value', () => {
    expect(find(pageWith('Account 1234567'), number, { value: 345 })).toBeNull();
    expect(find(pageWith('Total 17.00'), number, { value: 18, quote: 'Total 17.00' })).toBeNull();
  });

  it('words that the engine points at, when they say something else', () => {
    expect(find(pageWith('Buyer Anna Berg'), text, { value: 'Carl Dorn', hint: [5, 6] })).toBeNull();
  });
});

describe('of several places', () => {
  const lines = ['Subtotal   120.00', 'Wanted     120.00', 'Paid       120.00'];

  it('the one beside the label is meant', () => {
    const place = find(textPage(0, lines), number, { value: 120 });
    expect(place?.words).toEqual([3]);
  });

  it('the one that the engine points at is meant before that', () => {
    expect(find(textPage(0, lines), number, { value: 120, quote: '120.00', hint: [5] })?.words).toEqual([5]);
  });
});

test('a year is found in a span of years', () => {
  const year = field({ type: 'integer' });
  for (const span of ['2019-2021', '2019–2021', '2019/21', '2019 - 2021'])
    expect(find(pageWith(`Fiscal ${span}`), year, { value: 2019 })?.quote).toContain('2019');
  expect(find(pageWith('Fiscal 2019-2021'), year, { value: 2021 })?.quote).toContain('2021');
  expect(find(pageWith('Part 2019-20213'), year, { value: 2019 })).toBeNull();
});

test('signs that OCR confuses are equal only when nothing else is found, and that is said', () => {
  const page = textPage(0, ['Reference INV-1OO5']);
  expect(find(page, text, { value: 'INV-1005' })).toMatchObject({ difference: 'lookalikes', quote: 'INV-1OO5' });
});

test('what is normalised from a printed form is found by its value', () => {
  const iban = field({ type: 'string', format: 'iban' });
  const printed = 'DE89 3704 0044 0532 0130 00';
  const { value } = normalise(iban, printed, 'de-DE');
  expect(value).toBe('DE89370400440532013000');
  expect(find(pageWith(`IBAN: ${printed}`), iban, { value: value ?? '' })?.quote).toBe(printed);
});

test.each([
  ['email', 'Mail: Info@Northwind.example, or call', 'Info@Northwind.example'],
  ['email', 'Contact <info@northwind.example>', 'info@northwind.example'],
  ['uri', 'See https://northwind.example/orders?id=7 for more', 'https://northwind.example/orders?id=7'],
  ['uri', 'Web www.northwind.example', 'www.northwind.example'],
])('an address (%s) is found where it is printed: %s', (format, line, raw) => {
  const address = field({ type: 'string', format });
  const { value, ok } = normalise(address, raw, 'en-US');
  expect(ok).toBe(true);
  expect(find(pageWith(line), address, { value: value ?? '' })?.quote).toContain(raw);
  expect(find(pageWith('Mail: other@northwind.example'), address, { value: value ?? '' })).toBeNull();
});

test('a currency that is no currency is looked for as the text that it is', () => {
  const currency = field({ type: 'string', format: 'currency' });
  expect(find(pageWith('Paid in euros and cents'), currency, { value: 'euros and cents' })?.quote).toContain('euros');
  expect(find(pageWith('Paid in cash'), currency, { value: 'three goats' })).toBeNull();
});
