import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attentionReason } from '#lib/core/values/attention.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';
import type { Path, Scalar } from '#lib/core/fields/path.ts';
import { mergePages, toRecord } from '#lib/core/values/merge.ts';

const number = { type: 'number' };
const { fields } = parseDefinition(
  {
    type: 'object',
    required: ['Rows'],
    properties: {
      Name: { type: 'string' },
      Buyer: { type: 'object', properties: { City: { type: 'string' } } },
      Holders: { type: 'array', items: { type: 'string' } },
      Rows: {
        type: 'array',
        items: {
          type: 'object',
          properties: { Date: { type: 'string' }, Amount: number, Fees: { type: 'array', items: number } },
        },
      },
    },
  },
  { slug: 'test' },
);

function leaf(pageNum: number, path: Path, value: Scalar, trust = 0.9): Value {
  const evidence = { pageNum, quote: String(value), boxes: [] };
  return {
    path,
    label: '',
    type: 'string',
    value,
    raw: String(value),
    state: 'found',
    evidence,
    trust,
    signals: [],
    checks: [],
  };
}

function rows(pageNum: number, amounts: number[]): Value[] {
  return amounts.map((amount, index) => leaf(pageNum, ['Rows', index, 'Amount'], amount));
}

const merge = (...pages: Value[][]) => mergePages(fields, pages).flatMap((row) => row.leaves);
const amountsOf = (leaves: Value[]) => leaves.filter((one) => one.path[2] === 'Amount').map((one) => one.value);
const named = (leaves: Value[]) => leaves.find((one) => one.path[0] === 'Name');

test('a value that pages agree on is kept once and said to be repeated, however it is written', () => {
  const merged = named(merge([leaf(0, ['Name'], 'ACME, Inc.')], [leaf(1, ['Name'], 'Acme Inc')]));
  expect(merged).toMatchObject({ value: 'ACME, Inc.', state: 'found', signals: [{ name: 'repeated', ok: true }] });
  expect(merged?.trust).toBeGreaterThan(0.9);
});

test('pages that disagree make a conflict that keeps the value said most and names the others', () => {
  const merged = named(merge([leaf(0, ['Name'], 'A', 0.92)], [leaf(1, ['Name'], 'B')], [leaf(2, ['Name'], 'B')]));
  expect(merged).toMatchObject({ value: 'B', state: 'conflict' });
  expect(merged?.signals.at(-1)).toEqual({ name: 'conflict', ok: false, detail: 'another page says "A" (page 1)' });
});

test.each([
  ['1.5 mg', '15 mg'],
  ['A+', 'A-'],
  ['<50', '>50'],
  ['-5 %', '5 %'],
])('pages that say %s and %s disagree', (one, other) => {
  const merged = named(merge([leaf(0, ['Name'], one)], [leaf(1, ['Name'], other)]));
  expect(merged?.state).toBe('conflict');
});

test('rows that differ in a sign alone are not repeated', () => {
  const row = (page: number, dose: string) => [leaf(page, ['Rows', 0, 'Date'], dose)];
  expect(toRecord(merge(row(0, '-5'), row(1, '5')))).toMatchObject({ Rows: [{ Date: '-5' }, { Date: '5' }] });
});

test('a value that stands on a page outranks those that do not', () => {
  const invented: Value = { ...leaf(0, ['Name'], 'A', 0.99), state: 'not_in_document', evidence: null };
  expect(named(merge([invented], [leaf(1, ['Name'], 'B', 0.5)]))).toMatchObject({ value: 'B', state: 'found' });
});

test('values that no page says are not found, in schema order, nested ones too', () => {
  const merged = mergePages(fields, [[]]);
  expect(merged.map(({ path }) => path)).toEqual([['Name'], ['Buyer', 'City'], ['Rows']]);
  expect(merged.every(({ leaves }) => leaves[0]?.state === 'not_found')).toBe(true);
});

test('rows are joined in page order and counted from the start of the list', () => {
  const leaves = merge(rows(0, [1, 2]), rows(1, [3]));
  expect(toRecord(leaves)).toEqual({
    Name: null,
    Buyer: { City: null },
    Rows: [{ Amount: 1 }, { Amount: 2 }, { Amount: 3 }],
  });
});

/** What is said of page breaks, by row. */
const breaksOf = (leaves: Value[]) =>
  leaves.flatMap(({ signals, value }) =>
    signals.flatMap(({ name, ok }) => (name === 'page_break' ? [[value, ok]] : [])),
  );

test('rows repeated across a page break are counted once, and say so', () => {
  const several = merge(rows(0, [1, 2, 3]), rows(1, [2, 3, 4]));
  expect(amountsOf(several)).toEqual([1, 2, 3, 4]);
  expect(breaksOf(several)).toEqual([
    [2, true],
    [3, true],
  ]);
});

test('one equal row at a page break may be two: it is counted once, and needs attention', () => {
  const merged = merge(rows(0, [1, 2]), rows(1, [2, 3]));
  expect(amountsOf(merged)).toEqual([1, 2, 3]);
  expect(breaksOf(merged)).toEqual([[2, false]]);
  const row = merged.find(({ value }) => value === 2);
  expect(row && attentionReason(row, false)).toBe(
    'The same row ends page 1 and begins page 2: counted once, though there may be two',
  );
});

test('a running balance tells one row from two', () => {
  const row = (page: number, index: number, amount: number, balance: number) => [
    leaf(page, ['Rows', index, 'Amount'], amount),
    leaf(page, ['Rows', index, 'Balance'], balance),
  ];
  const same = merge([...row(0, 0, 5, 10), ...row(0, 1, 5, 15)], [...row(1, 0, 5, 15), ...row(1, 1, 5, 20)]);
  expect([amountsOf(same), breaksOf(same)]).toEqual([[5, 5, 5], [[5, true]]]);
  const two = merge(row(0, 0, 5, 10), row(1, 0, 5, 15));
  expect([amountsOf(two), breaksOf(two)]).toEqual([[5, 5], []]);
});

test('however rows are spread over pages, none is dropped without a word', () => {
  const amounts = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(amounts, (pages) => {
      const merged = merge(...pages.map((page, pageNum) => rows(pageNum, page)));
      expect(amountsOf(merged).length + breaksOf(merged).length).toBe(pages.flat().length);
    }),
  );
});

test('equal rows of one page are all counted', () => {
  expect(amountsOf(merge(rows(0, [5, 5, 5])))).toEqual([5, 5, 5]);
});

const heading = (page: number) => ['Ann', 'Bob'].map((name, index) => leaf(page, ['Holders', index], name));

test('names that each page repeats in its heading are listed once', () => {
  expect(toRecord(merge(heading(0), heading(1)))).toMatchObject({ Holders: ['Ann', 'Bob'] });
});

test('a list of many texts on many pages takes no longer than its length', () => {
  const pages = Array.from({ length: 400 }, (_, page) =>
    Array.from({ length: 25 }, (__, row) => leaf(page, ['Holders', row], `Maria Alvarez, house no. ${page} / ${row}`)),
  );
  // Compared pair by pair they would reach the time limit of the test.
  expect(merge(...pages, ...pages).filter(({ path }) => path[0] === 'Holders')).toHaveLength(10_000);
});

const rowWithFees = (pageNum: number) => [
  leaf(pageNum, ['Rows', 0, 'Date'], `day ${pageNum}`),
  leaf(pageNum, ['Rows', 0, 'Fees', 0], pageNum),
];

test('lists inside a row stay in their row', () => {
  expect(toRecord(merge(rowWithFees(0), rowWithFees(1)))).toMatchObject({
    Rows: [
      { Date: 'day 0', Fees: [0] },
      { Date: 'day 1', Fees: [1] },
    ],
  });
});

test('a required list without rows is not found, and empty in the record', () => {
  expect(toRecord(merge([]))).toMatchObject({ Rows: [] });
});

test('no name reaches beyond the record', () => {
  expect(toRecord([leaf(0, ['constructor', 'name'], 'x'), leaf(0, ['__proto__', 'polluted'], 'x')])).toMatchObject({
    constructor: { name: 'x' },
  });
  expect({}).not.toHaveProperty('polluted');
});
