import { describe, expect, it } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import { dateOrder } from '#lib/core/normalise/date.ts';
import { datesLocale } from '#lib/core/normalise/date-order.ts';
import { textPage } from '#tests/support/text-page.ts';

describe('the order of day and month', () => {
  it.each([
    ['11/03/2017, paid 11/17/2017', 'de-DE', 'month'],
    ['11/03/2017, paid 17/11/2017', 'en-US', 'day'],
    ['11/03/2017', 'de-DE', 'day'],
    ['11/03/2017, 11/17/2017 and 17/11/2017', 'de-DE', 'day'],
    ['part 11-17-20171, version 1.13.2017.4', 'de-DE', 'day'],
  ])('of %s in %s is %s first', (text, locale, first) => expect(dateOrder(datesLocale(text, locale))).toBe(first));
});

const definition = parseDefinition({
  slug: 'x',
  name: 'X',
  locale: 'de-DE',
  fields: { type: 'object', properties: { Issued: { type: 'string', format: 'date' } } },
});
const read = (value: string, lines: string[]) => {
  const reading = { leaves: [{ path: ['Issued'], value, quote: '11/03/2017' }], rowsSeen: [] };
  return groundReading(definition, textPage(0, lines), reading)[0];
};
const lines = ['Issued: 11/03/2017', 'Paid: 11/17/2017'];

it('a date is read as the other dates of its page are written, and that it could be read otherwise is said', () => {
  const leaf = read('11/03/2017', lines);
  expect(leaf).toMatchObject({ value: '2017-11-03', state: 'found' });
  expect(leaf?.signals.find(({ name }) => name === 'ambiguity')).toMatchObject({
    ok: false,
    alternatives: ['2017-11-03', '2017-03-11'],
  });
});

it('what a model reads so is found on the page', () => {
  expect(read('2017-11-03', lines)).toMatchObject({ value: '2017-11-03', state: 'found' });
  expect(read('2017-11-03', ['Issued: 11/03/2017'])).toMatchObject({ state: 'not_in_document' });
});
