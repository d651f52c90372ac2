import { describe, expect, test } from 'vitest';
import { type PastValues, withHistory } from '#lib/core/values/past-edits.ts';
import type { Value } from '#lib/core/values/value.ts';

const amount: Value = {
  path: ['Rows', 3, 'Amount'],
  label: 'Amount',
  type: 'number',
  value: 1,
  raw: '1',
  state: 'found',
  evidence: null,
  trust: 0.9,
  signals: [],
  checks: [],
};
const after = (past: PastValues, key = 'Rows[].Amount', leaf = amount) => withHistory(leaf, new Map([[key, past]]));

describe('the past of a field', () => {
  test('speaks against a value when people changed a fifth or more of its values', () => {
    const { signals, trust } = after({ changed: 3, of: 12 });
    expect(signals).toEqual([
      { name: 'history', ok: false, detail: 'people changed 3 of the last 12 values of this field' },
    ]);
    expect(trust).toBeLessThan(0.9);
  });

  test('speaks for a value when people left nearly all as they were', () => {
    expect(after({ changed: 0, of: 200 }).trust).toBeGreaterThan(0.9);
    expect(after({ changed: 0, of: 200 }, 'Rows[]').signals).toMatchObject([{ name: 'history', ok: true }]);
  });

  test.each([
    ['too few values', { changed: 2, of: 4 }],
    ['too few to be sure', { changed: 0, of: 12 }],
    ['a few changes', { changed: 10, of: 100 }],
  ])('says nothing with %s', (_, past) => expect(after(past)).toEqual(amount));

  test('says nothing of a value that was not found, or of another field', () => {
    expect(after({ changed: 9, of: 9 }, 'Rows[].Amount', { ...amount, value: null }).signals).toEqual([]);
    expect(after({ changed: 9, of: 9 }, 'Total').signals).toEqual([]);
  });
});
