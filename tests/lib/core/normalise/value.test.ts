import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { ScalarField } from '#lib/core/fields/field.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { normalise } from '#lib/core/normalise/value.ts';

function field(type: object): ScalarField {
  const [first] = parseDefinition({ type: 'object', properties: { Wanted: type } }, { slug: 'x' }).fields.fields;
  if (first?.kind !== 'scalar') throw new Error('not a scalar');
  return first;
}
const text = (format: string) => field({ type: 'string', format });
const valueOf = (of: ScalarField, read: string, locale: string) => {
  const { value, ok } = normalise(of, read, locale);
  return ok ? value : null;
};

describe('numbers', () => {
  it.each([
    ['1,234.50', 'en-US', 1234.5],
    ['1.234,50', 'de-DE', 1234.5],
    ['1.234,50', 'en-US', 1234.5],
    ['1 234,50', 'fr-FR', 1234.5],
    ["1'234.50", 'de-CH', 1234.5],
    ['1,234', 'en-US', 1234],
    ['1,234', 'de-DE', 1.234],
    ['1.234', 'de-DE', 1234],
    ['12.345.678', 'de-DE', 12_345_678],
    ['(12.50)', 'en-US', -12.5],
    ['12.50-', 'en-US', -12.5],
    ['−12.50', 'en-US', -12.5],
    ['-$12.50', 'en-US', -12.5],
    ['$-12.50', 'en-US', -12.5],
    ['RM 9.30', 'en-MY', 9.3],
    ['7.5 %', 'en-US', 7.5],
    ['.5', 'en-US', 0.5],
    ['12 34', 'en-US', null],
    ['03/04/2025', 'en-US', null],
    ['about twenty', 'en-US', null],
  ])('%s in %s is %s', (read, locale, expected) =>
    expect(valueOf(field({ type: 'number' }), read, locale)).toBe(expected),
  );

  it('keep every cent', () => {
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(cents, fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN'), (amount, locale) => {
        const printed = (amount / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
        expect(valueOf(field({ type: 'number' }), printed, locale)).toBe(amount / 100);
      }),
    );
  });

  it('a dash that fills the cell before is no minus', () =>
    expect(findNumbers('-\t12.50', 'en-US').map(({ value }) => value)).toEqual([12.5]));

  it('a whole number with decimals is kept as read, and said to be none', () =>
    expect(normalise(field({ type: 'integer' }), '3.5', 'en-US')).toMatchObject({ value: '3.5', ok: false }));
});

describe('dates', () => {
  it.each([
    ['03/04/2025', 'en-US', '2025-03-04'],
    ['03/04/2025', 'en-GB', '2025-04-03'],
    ['3.4.25', 'de-DE', '2025-04-03'],
    ['14. März 2025', 'de-DE', '2025-03-14'],
    ['14 de marzo de 2025', 'es-ES', '2025-03-14'],
    ['1er février 2025', 'fr-FR', '2025-02-01'],
    ['Mar 14th, 2025', 'en-US', '2025-03-14'],
    ['20250314', 'en-US', '2025-03-14'],
    ['2025年3月14日', 'ja-JP', '2025-03-14'],
    ['31/02/2025', 'en-GB', null],
    ['soon', 'en-US', null],
  ])('%s in %s is %s', (read, locale, expected) => expect(valueOf(text('date'), read, locale)).toBe(expected));

  it('that may be read in two ways say both, where the locale does not decide', () => {
    const { ambiguous } = normalise(text('date'), '03/04/2025', 'en');
    expect(ambiguous?.toSorted()).toEqual(['2025-03-04', '2025-04-03']);
    expect(normalise(text('date'), '25/04/2025', 'en').ambiguous).toBeNull();
  });

  test('carry their time', () =>
    expect(valueOf(text('date-time'), '14 March 2025, 2:05 pm', 'en-GB')).toBe('2025-03-14T14:05:00'));
});

describe('other formats', () => {
  it.each([
    ['iban', 'DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['iban', 'DE88 3704 0044 0532 0130 00', null],
    ['iban', 'de89-3704-0044-0532-0130-00', 'DE89370400440532013000'],
    // The checksums of these hold, but no bank of Germany has numbers of such a length.
    ['iban', 'DE68 3704 0044 0532 013', null],
    ['iban', 'NO93 8601 1117 947', 'NO9386011117947'],
    ['phone', '(030) 901820', '+4930901820'],
    ['phone', '+44 20 7946 0958', '+442079460958'],
    ['phone', '12', null],
    ['currency', '€', 'EUR'],
    ['currency', 'Euro', 'EUR'],
    ['currency', 'CHF', 'CHF'],
    ['currency', 'zł', 'PLN'],
    ['currency', '₺', 'TRY'],
    ['currency', '￥', 'JPY'],
    ['currency', 'SFr.', 'CHF'],
    ['currency', 'Bananas', null],
    ['email', 'Anna.Berg@Example.org', 'anna.berg@example.org'],
    ['email', 'anna at example', null],
    ['time', '14h05', '14:05'],
    ['time', '14:05:09', '14:05:09'],
    ['time', '25:00', null],
    ['time', '9.15', '09:15'],
    ['time', '12:30:45.123', '12:30:45'],
    ['time', '2.05.2024', null],
    ['time', '12.05.2024', null],
    ['time', '1.10.20.30.40', null],
    ['uri', 'www.example.org/a', 'www.example.org/a'],
  ])('%s: %s is %s', (format, read, expected) => expect(valueOf(text(format), read, 'de-DE')).toBe(expected));

  it.each([
    ['$', 'en-US', 'USD'],
    ['$', 'en-CA', 'CAD'],
    ['kr', 'sv-SE', 'SEK'],
    ['kr', 'da-DK', 'DKK'],
    ['kr.', 'da-DK', 'DKK'],
    ['kr', 'nb-NO', 'NOK'],
    ['$', 'es-MX', 'MXN'],
    ['¥', 'zh-CN', 'CNY'],
  ])('what %s means in %s is %s', (read, locale, expected) =>
    expect(valueOf(text('currency'), read, locale)).toBe(expected),
  );

  it('a choice is told without case and marks, and nothing else is taken for one', () => {
    const colour = field({ type: 'string', enum: ['Dark red', 'Blue'] });
    expect(valueOf(colour, 'DARK-RED', 'en-US')).toBe('Dark red');
    expect(normalise(colour, 'Green', 'en-US')).toMatchObject({ value: 'Green', raw: 'Green', ok: false });
  });

  it.each([
    [['A', 'A+', 'A-'], 'A+', 'A+'],
    [['A', 'A+', 'A-'], 'a −', 'A-'],
    [['A', 'A+'], 'A-', null],
    [['<50', '>50'], '> 50', '>50'],
    [['%', '$'], '€', null],
    [['C', 'C++', 'C#'], 'c#', 'C#'],
    [['Müller', 'Meier'], 'MULLER', 'Müller'],
    [['Résumé', 'Resume'], 'RESUME', 'Resume'],
    [['Yes', 'YES'], 'yes', null],
    [['1.5', '15'], '1.5', '1.5'],
  ])('of %j, %s is %s', (members, read, expected) =>
    expect(valueOf(field({ type: 'string', enum: members }), read, 'en-US')).toBe(expected),
  );

  it.each([
    [[15, 1.5], '1.5', 1.5],
    [[15, 1.5], '1,50 €', 1.5],
    [[1, -1], '-1', -1],
    [[1, 2], '-1', null],
  ])('of the numbers %j, %s is %s', (members, read, expected) =>
    expect(valueOf(field({ type: 'number', enum: members }), read, 'de-DE')).toBe(expected),
  );

  it('whatever the members of an enum are, each is read as itself', () => {
    const member = fc.string({ unit: fc.constantFrom(...'Aa15.,+-<>%$€ é#'), minLength: 1, maxLength: 4 });
    const members = fc.uniqueArray(
      member.filter((text) => text.trim() === text && !/\s\s/.test(text)),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(members, (all) => {
        const of = field({ type: 'string', enum: all });
        expect(all.map((one) => valueOf(of, one, 'en-US'))).toEqual(all);
      }),
    );
  });

  it('a text that does not match its pattern is kept, and said not to', () => {
    const code = field({ type: 'string', pattern: '^[A-Z]{2}\\d+$' });
    expect(valueOf(code, 'AB12', 'en-US')).toBe('AB12');
    expect(normalise(code, 'ab12', 'en-US')).toMatchObject({ value: 'ab12', ok: false });
  });
});

test.each(['☒', '[x]', '(X)', '●', 'Ja'])('%s is a yes, and its empty form a no', (mark) => {
  const ticked = field({ type: 'boolean' });
  expect(normalise(ticked, mark, 'de-DE')).toMatchObject({ value: true, ok: true });
  expect(normalise(ticked, '[ ]', 'de-DE')).toMatchObject({ value: false, ok: true });
  expect(normalise(ticked, '[x] not', 'de-DE').ok).toBe(false);
});

it('a time has its seconds, but where hours and minutes are asked for', () => {
  const asked = field({ type: 'string', format: 'time', description: 'Time of the purchase, hours and minutes' });
  expect(valueOf(asked, '19:04:36', 'en-US')).toBe('19:04');
  expect(valueOf(text('time'), '19:04:36', 'en-US')).toBe('19:04:36');
});
