import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { ScalarField } from '#lib/core/fields/field.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import { centuryOf } from '#lib/core/normalise/century.ts';
import { findDates, parseDate } from '#lib/core/normalise/date.ts';
import { findTimes } from '#lib/core/normalise/time.ts';
import { normalise } from '#lib/core/normalise/value.ts';
import { textPage } from '#tests/support/text-page.ts';

const today = new Date('2026-11-26T12:00:00');
const definitionOf = (name: string, type: object) =>
  parseDefinition({ type: 'object', properties: { [name]: { type: 'string', ...type } } }, { slug: 'x' });
function field(name: string, format = 'date'): ScalarField {
  const [first] = definitionOf(name, { format }).fields.fields;
  if (first?.kind !== 'scalar') throw new Error('not a scalar');
  return first;
}
const read = (name: string, text: string, locale = 'en-US') => {
  const { value, ambiguous } = normalise(field(name), text, locale, { today });
  return [value, ambiguous?.toSorted() ?? null];
};

describe('a year of two digits', () => {
  it.each([
    ['Date_of_Birth', '03/04/65', '1965-03-04'],
    ['birthDate', '12/05/45', '1945-12-05'],
    ['Geburtsdatum', '12/05/26', '2026-12-05'],
    ['DOB', '12/05/27', '1927-12-05'],
  ])('of %s is in the past: %s is %s', (name, text, value) => expect(read(name, text)).toEqual([value, null]));

  it.each([
    ['Due_Date', '03/04/27', '2027-03-04'],
    ['Expires', '03/04/65', '2065-03-04'],
    ['maturityDate', '03/04/19', '2019-03-04'],
  ])('of %s is around today or ahead: %s is %s', (name, text, value) =>
    expect(read(name, text)).toEqual([value, null]),
  );

  it.each([
    ['25', '2025-03-04'],
    ['36', '2036-03-04'],
    ['99', '1999-03-04'],
    ['88', '1988-03-04'],
  ])('of any date is the likely one: %s is %s', (year, value) =>
    expect(read('Issued', `03/04/${year}`)).toEqual([value, null]),
  );

  it.each([
    ['65', ['1965-03-04', '2065-03-04'], '1965-03-04'],
    ['45', ['1945-03-04', '2045-03-04'], '2045-03-04'],
  ])('that may well be of two centuries says both: %s', (year, both, value) =>
    expect(read('Issued', `03/04/${year}`)).toEqual([value, both]),
  );

  it('is of the window of its field, whatever today is', () => {
    const years = fc.integer({ min: 1980, max: 2090 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), years, (short, year) => {
        const then = new Date(year, 5, 1);
        for (const [era, least, most] of [
          ['past', -99, 0],
          ['ahead', -30, 69],
          ['any', -79, 20],
        ] as const) {
          const { year: chosen, other } = centuryOf(short, era, then);
          expect([chosen % 100, Math.abs(chosen - other)]).toEqual([short, 100]);
          expect(chosen - year).toBeGreaterThanOrEqual(least);
          expect(chosen - year).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it('says both centuries to whoever looks for a date', () => {
    expect(findDates('born 03/04/65', 'en-US', { today })[0]?.readings).toEqual(['1965-03-04', '2065-03-04']);
  });
});

describe('a date that a model wrote out in full', () => {
  const wroteOut = (value: string, printed: string) => {
    const reading = { leaves: [{ path: ['Issued'], value, quote: printed }], rowsSeen: [] };
    const definition = definitionOf('Issued', { format: 'date' });
    const [leaf] = groundReading(definition, textPage(0, [`Issued ${printed}`]), reading);
    return [leaf?.state, leaf?.signals.find(({ name }) => name === 'ambiguity')?.alternatives?.toSorted() ?? null];
  };

  it('is found where its year is printed with two digits, and said to be unsure where it is', () => {
    expect(wroteOut('2025-03-04', '03/04/25')).toEqual(['found', null]);
    expect(wroteOut('1925-03-04', '03/04/25')).toEqual(['found', ['1925-03-04', '2025-03-04']]);
  });

  it('is not found where the page has another day', () => {
    expect(wroteOut('2025-03-05', '03/04/25')).toEqual(['not_in_document', null]);
  });
});

describe('the zone of a time is kept', () => {
  it.each([
    ['2025-01-03T23:30:00-05:00', '2025-01-03T23:30:00-05:00'],
    ['2025-01-03T23:30:00.123Z', '2025-01-03T23:30:00Z'],
    ['2025-01-03T23:30+0530', '2025-01-03T23:30:00+05:30'],
    ['3 January 2025, 11:30 pm EST', '2025-01-03T23:30:00-05:00'],
    ['03/01/2025 23:30 UTC', '2025-03-01T23:30:00Z'],
    ['2025-01-03 23:30 GMT+2', '2025-01-03T23:30:00+02:00'],
    ['2025-01-03 23:30 Uhr', '2025-01-03T23:30:00'],
    ['2025-01-03 23:30', '2025-01-03T23:30:00'],
    ['2025-01-03', '2025-01-03'],
  ])('%s is %s', (text, value) => expect(normalise(field('Sent', 'date-time'), text, 'en-US').value).toBe(value));

  it('a span of time has none', () => {
    expect(findTimes('10:00-12:00').map(({ value, zone }) => [value, zone])).toEqual([
      ['10:00:00', null],
      ['12:00:00', null],
    ]);
    expect(normalise(field('Opens', 'time'), '14:05:00+02:00', 'en-US').value).toBe('14:05:00+02:00');
  });

  it('a moment is found only where its time is printed too', () => {
    const definition = definitionOf('Sent', { format: 'date-time' });
    const state = (value: string) => {
      const reading = { leaves: [{ path: ['Sent'], value, quote: null }], rowsSeen: [] };
      const page = textPage(0, ['Sent on 3 January 2025', 'at 11:30 pm EST']);
      return groundReading(definition, page, reading)[0]?.state;
    };
    expect(state('2025-01-03T23:30:00-05:00')).toBe('found');
    expect(state('2025-01-03T23:30:00')).toBe('found');
    expect(state('2025-01-03T23:30:00Z')).toBe('not_in_document');
    expect(state('2025-01-03T22:30:00')).toBe('not_in_document');
    expect(state('2025-01-03T00:00:00')).toBe('found');
  });
});

test('a digit of another script beside a date is no part of it', () =>
  expect(findDates('28.08.2021\u0661Da', 'de-DE')).toMatchObject([{ value: '2021-08-28' }]));

describe('a date in the words of its country', () => {
  it.each([
    ['12 maja 2025', '2025-05-12'],
    ['5. března 2025', '2025-03-05'],
    ['5 марта 2025 г.', '2025-03-05'],
    ['5. maaliskuuta 2025', '2025-03-05'],
    ['5 Μαρτίου 2025', '2025-03-05'],
    ['2025. március 5.', '2025-03-05'],
    ['2025년 3월 5일', '2025-03-05'],
    ['05/III/2025', '2025-03-05'],
    ['令和7年3月5日', '2025-03-05'],
    ['令和元年5月1日', '2019-05-01'],
    ['民國114年3月5日', '2025-03-05'],
    ['５／３／２０２５', '2025-03-05'],
    ['٥ مارس ٢٠٢٥', '2025-03-05'],
    ['5 آذار 2025', '2025-03-05'],
    ['5 במרץ 2025', '2025-03-05'],
    ['5 मई 2025', '2025-05-05'],
    ['5 มีนาคม 2568', '2025-03-05'],
    ['5 มี.ค. 2568', '2025-03-05'],
    ['5 tháng 3 năm 2025', '2025-03-05'],
    ['2025 m. kovo 5 d.', '2025-03-05'],
    ['2025. gada 5. marts', '2025-03-05'],
    ['12 kesäk. 2025', '2025-06-12'],
    ['5 juill. 2025', '2025-07-05'],
    ['5/Mar/2025', '2025-03-05'],
    ['5th day of March, 2025', '2025-03-05'],
  ])('%s is %s', (text, value) => {
    expect(findDates(text, 'en-GB').map((date) => date.value)).toEqual([value]);
  });

  it('whose month is another one elsewhere goes by the locale', () => {
    expect(parseDate('5 listopada 2025', 'pl-PL')?.value).toBe('2025-11-05');
    expect(parseDate('5 listopada 2025', 'hr-HR')?.value).toBe('2025-10-05');
    expect(parseDate('5 listopada 2025', 'en-US')).toBeNull();
  });

  it('has the letter of an era only in Japan', () => {
    expect(parseDate('R7.3.5', 'ja-JP')?.value).toBe('2025-03-05');
    expect(parseDate('H31.4.30', 'ja-JP')?.value).toBe('2019-04-30');
    expect(parseDate('R7.3.5', 'en-US')).toBeNull();
  });

  test.each(['ar', 'bg', 'cs', 'de', 'el', 'es', 'fr', 'he', 'hi', 'it', 'pl', 'pt', 'ru', 'ta', 'tr', 'uk'])(
    'every day of a year is the one that it was written from (%s)',
    (locale) => {
      const always = { timeZone: 'UTC', calendar: 'gregory', day: 'numeric', month: 'long', year: 'numeric' } as const;
      const format = new Intl.DateTimeFormat(locale, always);
      fc.assert(
        fc.property(
          fc.date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true }),
          (day) => {
            expect(parseDate(format.format(day), locale)?.value).toBe(day.toISOString().slice(0, 10));
          },
        ),
      );
    },
  );

  it('is none where the word is no month', () => {
    expect(findDates('5 desks 2025, 2024 items 3', 'en-US')).toEqual([]);
  });
});
