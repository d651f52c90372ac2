import { describe, expect, it } from 'vitest';
import { editsSchema } from '#lib/core/contract/edits.ts';
import { type MovedPage, moveParts } from '#lib/core/splitting/moved.ts';
import type { SplitResult } from '#lib/core/splitting/types.ts';
import { newId } from '#lib/id.ts';

const whole = (pageNum: number) => ({ pageNum, region: null });
const split: SplitResult = {
  accounts: [
    { accountNumber: '001-A', pages: [whole(0), whole(1), whole(2)] },
    { accountNumber: '002-B', pages: [whole(3), { pageNum: 4, region: { from: 0, to: 0.5 } }] },
  ],
  contextPages: [],
  boundaries: [{ pageNum: 3, accountIndex: 1, reasons: { for: ['a new number'], against: [] }, certainty: 0.9 }],
  notice: null,
};
const pagesOf = (result: SplitResult) =>
  result.accounts.map((account) => [account.accountNumber, account.pages.map(({ pageNum }) => pageNum)]);

describe('pages that people gave to another account', () => {
  it('belong to it alone, and the boundary says who moved it', () => {
    const moved = moveParts(split, [{ pageNum: 2, accountNumber: '2b' }]);
    expect(pagesOf(moved)).toEqual([
      ['001-A', [0, 1]],
      ['002-B', [2, 3, 4]],
    ]);
    expect(moved.boundaries).toEqual([
      { pageNum: 2, accountIndex: 1, reasons: { for: ['a person moved it here'], against: [] }, certainty: 1 },
    ]);
  });

  it('are there once, however often they were given, and where they were given last', () => {
    const moved = moveParts(split, [
      { pageNum: 2, accountNumber: '001-A' },
      { pageNum: 2, accountNumber: '002-B' },
      { pageNum: 2, accountNumber: '002-B' },
    ]);
    expect(pagesOf(moved)).toEqual([
      ['001-A', [0, 1]],
      ['002-B', [2, 3, 4]],
    ]);
    const operation = { op: 'move_boundary', document_id: newId(), pages: [2, 2, 1, 2], account_index: 0 };
    expect(editsSchema.parse({ operations: [operation] }).operations).toMatchObject([{ pages: [2, 1] }]);
  });

  it('make an account that the evidence does not know', () => {
    const moved = moveParts(split, [{ pageNum: 4, accountNumber: '003' }]);
    expect(pagesOf(moved)).toEqual([
      ['001-A', [0, 1, 2]],
      ['002-B', [3]],
      ['003', [4]],
    ]);
    expect(moved.boundaries.map(({ pageNum, accountIndex }) => [pageNum, accountIndex])).toEqual([
      [3, 1],
      [4, 2],
    ]);
  });

  it('go to one of several accounts of a number: the one that began on the page named', () => {
    const twins: SplitResult = {
      ...split,
      boundaries: [],
      accounts: [0, 1, 2].map((pageNum) => ({ accountNumber: '001-A', pages: [whole(pageNum)] })),
    };
    const move = { pageNum: 0, accountNumber: '001-A' };
    const pages = (...moves: MovedPage[]) =>
      moveParts(twins, moves).accounts.map((one) => one.pages.map(({ pageNum }) => pageNum));
    expect(pages({ ...move, originPage: 2 })).toEqual([[1], [0, 2]]);
    // It is still that account after its own first page was moved away.
    expect(pages({ ...move, originPage: 2 }, { pageNum: 2, accountNumber: '001-A', originPage: 1 })).toEqual([
      [1, 2],
      [0],
    ]);
    expect(moveParts(twins, [{ ...move, originPage: 2 }]).accounts[1]?.evidencePages).toEqual([2]);
  });

  it('stay with the account that begins on the page named when its number is read no more', () => {
    const moved = moveParts(split, [{ pageNum: 2, accountNumber: '777', originPage: 3 }]);
    expect(pagesOf(moved)[1]).toEqual(['002-B', [2, 3, 4]]);
  });

  it('leave no account without pages', () => {
    const moves = [3, 4].map((pageNum) => ({ pageNum, accountNumber: '001-A' }));
    const moved = moveParts(split, moves);
    expect(pagesOf(moved)).toEqual([['001-A', [0, 1, 2, 3, 4]]]);
    expect(moved.boundaries).toEqual([]);
  });

  it('change nothing when there are none', () => {
    expect(moveParts(split, [])).toMatchObject(split);
  });
});
