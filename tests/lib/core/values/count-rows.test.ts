import { describe, expect, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import type { ReadValue } from '#lib/core/values/value.ts';
import { rowsAlike } from '#lib/core/values/count-rows.ts';
import { textPage } from '#tests/support/text-page.ts';

const definition = parseDefinition(
  {
    type: 'object',
    properties: {
      Number: { type: 'string' },
      Rows: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            Date: { type: 'string', format: 'date' },
            Text: { type: 'string' },
            Amount: { type: 'number' },
          },
        },
      },
    },
  },
  { slug: 'x' },
);

const row = (day: number, text = `Line ${day}`, amount = `${1000 + day}.25`) =>
  `2025-01-${String(day).padStart(2, '0')}   ${text.padEnd(30)}${amount.padStart(12)}`;
const days = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const head = ['Statement 7001', '', `Date         ${'Text'.padEnd(30)}      Amount`];

/** Reads these days' rows of a page, as an engine would; how many rows the page is then said to have. */
function seen(lines: readonly string[], read: readonly number[]): number | null {
  const page = textPage(0, lines);
  const leaves = read.flatMap((day, index): ReadValue[] => {
    const iso = `2025-01-${String(day).padStart(2, '0')}`;
    return [
      { path: ['Rows', index, 'Date'], value: iso, quote: iso },
      { path: ['Rows', index, 'Amount'], value: 1000 + day + 0.25, quote: `${1000 + day}.25` },
    ];
  });
  const number: ReadValue = { path: ['Number'], value: '7001', quote: '7001' };
  const grounded = groundReading(definition, page, { leaves: [number, ...leaves], rowsSeen: [] });
  return rowsAlike(definition, page, grounded)[0]?.rows ?? null;
}

const table = [...head, ...days(1, 20).map((day) => row(day))];

describe('rows alike those that were read', () => {
  test('are none when all were read', () => expect(seen(table, days(1, 20))).toBe(20));

  test.each([
    ['the end', days(1, 15)],
    ['the beginning', days(6, 20)],
    ['the middle', [...days(1, 8), ...days(14, 20)]],
    ['everywhere', [1, 4, 5, 9, 13, 16, 20]],
  ])('are counted at %s of the table', (_, read) => expect(seen(table, read)).toBe(20));

  test('are not sums, balances carried over, or lines without a date', () => {
    const sums = [
      row(20, 'Total for January'),
      row(20, 'Balance carried forward'),
      `${' '.repeat(43)}${'21,210.00'.padStart(12)}`,
    ];
    expect(seen([...table, ...sums], days(1, 20))).toBe(20);
  });

  test('are not those of another table farther away', () => {
    const other = days(21, 28).map((day) => row(day));
    expect(seen([...table, '', '', '', 'Terms of payment', '', ...other], days(1, 20))).toBe(20);
  });

  test('are not lines whose numbers stand elsewhere', () => {
    expect(seen([...table, 'Paid 2025-01-31 by 12 instalments of 100.00'], days(1, 20))).toBe(20);
  });

  test('cannot be told from a single row', () => expect(seen(table, [3])).toBeNull());
});
