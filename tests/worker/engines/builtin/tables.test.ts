import { expect, it } from 'vitest';
import type { ScalarField } from '#lib/core/fields/field.ts';
import { findSpans } from '#worker/engines/builtin/kinds.ts';
import { type Piece, printPage, read } from './support/page.ts';

const item = { Description: { type: 'string' }, Quantity: { type: 'number' }, Amount: { type: 'number' } };
const lines = { Lines: { type: 'array', items: { type: 'object', properties: item } } };
const head: Piece[] = [
  [5, 'Description'],
  [45, 'Quantity'],
  [65, 'Amount'],
];
const row = (text: string, quantity: string, amount: string): Piece[] => [
  [5, text],
  [45, quantity],
  [65, amount],
];
const descriptions = (rows: Piece[][]) =>
  Object.entries(read(lines, printPage([head, ...rows])).values).flatMap(([path, value]) =>
    path.endsWith('Description') ? [value] : [],
  );

it('a table continues after the sum of a part of it', () => {
  const rows = [
    row('Desk', '2', '398.00'),
    [
      [45, 'Subtotal'],
      [65, '398.00'],
    ] satisfies Piece[],
    [[5, 'Services']] satisfies Piece[],
    row('Delivery', '1', '45.00'),
    [
      [45, 'Subtotal'],
      [65, '45.00'],
    ] satisfies Piece[],
    [
      [45, 'VAT 20 %'],
      [65, '88.60'],
    ] satisfies Piece[],
    [
      [45, 'Total'],
      [65, '531.60'],
    ] satisfies Piece[],
  ];
  expect(descriptions(rows)).toEqual(['Desk', 'Delivery']);
});

it('what follows the only sum is no row, though it has figures', () => {
  const rows = [
    row('Desk', '2', '398.00'),
    [
      [45, 'Subtotal'],
      [65, '398.00'],
    ] satisfies Piece[],
    [
      [5, 'Discount'],
      [45, '10'],
      [65, '39.80'],
    ] satisfies Piece[],
    [
      [5, 'Tax'],
      [45, '20'],
      [65, '71.64'],
    ] satisfies Piece[],
  ];
  expect(descriptions(rows)).toEqual(['Desk']);
});

it('a row with a dash for nothing is a row', () => {
  const rows = [row('Desk', '2', '398.00'), row('Returns', '–', '(12.00)'), row('Lamp', '4', '99.60')];
  expect(descriptions(rows)).toEqual(['Desk', 'Returns', 'Lamp']);
});

it('a text that reaches beyond the middle between two headers stays in its column', () => {
  const rows = [row('Writing desk with two drawers, oak', '2', '398.00')];
  expect(descriptions(rows)).toEqual(['Writing desk with two drawers, oak']);
});

const number: ScalarField = {
  kind: 'scalar',
  type: 'string',
  format: null,
  pattern: null,
  enum: null,
  name: 'VAT_Number',
  label: 'VAT number',
  aliases: [],
  description: null,
  required: false,
};

it.each([
  ['GB 123 4567 82', 'GB 123 4567 82'],
  ['77 / 12 345 / 8', '77 / 12 345 / 8'],
  ['51 824 753 556', '51 824 753 556'],
  ['20-11-43', '20-11-43'],
  ['12345 2025-03-04', '12345'],
  ['12345 99.50', '12345'],
  ['INV-7 12', 'INV-7'],
  ['1234 5 pages', '1234'],
])('a number in groups has all of them, and nothing of what follows: %s', (text, expected) => {
  const [span] = findSpans(text, 'code', number, 'en-US');
  expect(text.slice(span?.start, span?.end)).toBe(expected);
});

it('the numbers of rows are no part of their texts', () => {
  expect(descriptions([row('1 Desk', '2', '398.00'), row('2 Chair', '1', '45.00')])).toEqual(['Desk', 'Chair']);
  expect(descriptions([row('2 Desk', '2', '398.00'), row('7 Chair', '1', '45.00')])).toEqual(['2 Desk', '7 Chair']);
});

it('a note further below the last row than its rows are apart is no part of its text', () => {
  const rows = [row('Desk', '2', '398.00'), row('Chair', '1', '45.00'), [], [[5, 'Only what is in stock']] as Piece[]];
  expect(descriptions(rows)).toEqual(['Desk', 'Chair']);
});

it('a label inside a row of a table names nothing outside it', () => {
  const paid = { type: 'number', 'x-aliases': ['Payment received'] };
  const page = printPage([
    head,
    row('1 Payment received', '2', '398.00'),
    row('2 Payment received', '1', '45.00'),
    [],
    [
      [5, 'Sum of payments'],
      [65, '443.00'],
    ],
  ]);
  expect(read({ Total_Paid: paid, ...lines }, page).values).not.toHaveProperty('Total_Paid');
});

it('a header of three lines heads each column, though two of them stand close', () => {
  const costs = {
    Cost_Category: { type: 'string' },
    Total_Costs_All_Funds: { type: 'number' },
    Less_Exclusions_And_Other: { type: 'string', 'x-aliases': ['Less: Exclusions & Other'] },
    Indirect_Costs: { type: 'number' },
  };
  const page = printPage([
    [[45, 'Less:']],
    [
      [31, 'Total Costs'],
      [43, 'Exclusions &'],
      [60, 'Indirect'],
    ],
    [
      [5, 'Cost Category'],
      [32, 'All Funds'],
      [45, 'Other'],
      [60, 'Costs'],
    ],
    [
      [5, 'Salaries'],
      [33, '1,314,000'],
      [60, '373,250'],
    ],
    [
      [5, 'Bad Debts'],
      [34, '10,000'],
      [45, '9,000 (1)'],
    ],
  ]);
  const list = { Costs: { type: 'array', items: { type: 'object', properties: costs } } };
  expect(read(list, page).values).toEqual({
    'Costs.0.Cost_Category': 'Salaries',
    'Costs.0.Total_Costs_All_Funds': '1,314,000',
    'Costs.0.Indirect_Costs': '373,250',
    'Costs.1.Cost_Category': 'Bad Debts',
    'Costs.1.Total_Costs_All_Funds': '10,000',
    'Costs.1.Less_Exclusions_And_Other': '9,000 (1)',
  });
});

const ranges = {
  Bands: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        Band: { type: 'string' },
        Y1994: { type: 'string', 'x-aliases': ['1994'] },
        Y1997: { type: 'string', 'x-aliases': ['1997'] },
      },
    },
  },
};
const years: Piece[] = [
  [30, '1994'],
  [60, '1997'],
];

it('a first column without a header is the text that is left over', () => {
  const page = printPage([
    years,
    [
      [5, 'Lowest'],
      [30, '$9,594 or less'],
      [60, '$22,400 or less'],
    ],
  ]);
  expect(read(ranges, page).values).toEqual({
    'Bands.0.Band': 'Lowest',
    'Bands.0.Y1994': '$9,594 or less',
    'Bands.0.Y1997': '$22,400 or less',
  });
});

it('prose below a header of texts is no row of theirs', () => {
  const page = printPage([
    years,
    [[5, 'In current dollars the ranges for each group are as follows in both of these years']],
  ]);
  expect(read(ranges, page).values).toEqual({});
});
