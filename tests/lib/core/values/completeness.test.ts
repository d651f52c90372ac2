import { describe, expect, test } from 'vitest';
import { attentionReason } from '#lib/core/values/attention.ts';
import { shortfallsOf } from '#lib/core/values/completeness.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';
import { mergePages, toRecord } from '#lib/core/values/merge.ts';

const { fields } = parseDefinition(
  {
    type: 'object',
    properties: {
      Name: { type: 'string' },
      Rows: { type: 'array', items: { type: 'object', properties: { Amount: { type: 'number' } } } },
    },
  },
  { slug: 'x' },
);

function rows(pageNum: number, amounts: number[], state: Value['state'] = 'found'): Value[] {
  return amounts.map((value, index) => ({
    path: ['Rows', index, 'Amount'],
    label: 'Amount',
    type: 'number',
    value,
    raw: String(value),
    state,
    evidence: state === 'found' ? { pageNum, quote: String(value), boxes: [] } : null,
    trust: 0.9,
    signals: [],
    checks: [],
  }));
}

const seen = (count: number) => [{ path: ['Rows'], rows: count }];
const marked = (leaves: Value[]) => leaves.filter((leaf) => attentionReason(leaf, false) !== null);
const merge = (pages: Value[][], counts: number[]) =>
  mergePages(
    fields,
    pages,
    pages.flatMap((page, index) => shortfallsOf(index, page, seen(counts[index] ?? 0))),
  ).flatMap((row) => row.leaves);

describe('rows seen against rows read', () => {
  test('say nothing when all were read, or more', () => {
    expect(shortfallsOf(2, rows(2, [1, 2]), seen(2))).toEqual([]);
    expect(shortfallsOf(2, rows(2, [1, 2, 3]), seen(2))).toEqual([]);
  });

  test('tell how many are missing on which page', () => {
    expect(shortfallsOf(2, rows(2, [1, 2]), seen(3))).toEqual([{ path: ['Rows'], pageNum: 2, rows: 2, seen: 3 }]);
  });

  test('are not made equal by rows that are made up', () => {
    const invented = rows(0, [7, 8], 'not_in_document').slice(1);
    expect(shortfallsOf(0, [...rows(0, [1]), ...invented], seen(2))).toMatchObject([{ rows: 1, seen: 2 }]);
  });
});

describe('a page whose rows are cut short', () => {
  test('is marked at the last row that was read of it', () => {
    const leaves = merge([rows(0, [1, 2, 3]), rows(1, [4, 5])], [3, 4]);
    expect(marked(leaves).map(({ path }) => path)).toEqual([['Rows', 4, 'Amount']]);
    expect(marked(leaves).map((leaf) => attentionReason(leaf, false))).toEqual(['2 rows · 4 seen on page 2']);
  });

  test('is marked at the row before when none of it was read', () => {
    const leaves = merge([rows(0, [1, 2]), [], rows(2, [3])], [2, 5, 1]);
    expect(marked(leaves)).toMatchObject([{ path: ['Rows', 1, 'Amount'] }]);
  });

  test('is marked at the list itself when that has no row at all', () => {
    const leaves = merge([[]], [2]);
    expect(marked(leaves)).toMatchObject([{ path: ['Rows'], type: 'list', state: 'not_found' }]);
    expect(toRecord(leaves)).toMatchObject({ Rows: [] });
  });

  test('needs nobody any more once a person has confirmed the place', () => {
    const leaves = merge([rows(0, [1])], [2]).map((leaf): Value => ({ ...leaf, state: 'confirmed' }));
    expect(marked(leaves)).toEqual([]);
  });
});
