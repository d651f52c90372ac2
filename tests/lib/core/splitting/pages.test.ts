import { describe, expect, it } from 'vitest';
import { pageEvidence } from '#lib/core/splitting/evidence.ts';
import { splitByCount } from '#lib/core/splitting/pages.ts';
import { splitTarget } from '#lib/core/splitting/target.ts';
import { sureBoundary } from '#lib/core/splitting/types.ts';
import { loanSchema, mapOf, pagesOf } from '#tests/support/split-text.ts';

function split(texts: string[], size: number) {
  const target = splitTarget(loanSchema());
  if (!target) throw new Error('the schema does not split');
  return splitByCount(
    pagesOf(texts).map((page) => pageEvidence(page, target)),
    size,
  );
}

const first = (number: string) => `Loan number: ${number}\nBorrower: Ann`;

describe('accounts of a fixed number of pages', () => {
  it('begin at every second page, and are named by the number on any of their pages', () => {
    const result = split([first('10010'), 'Terms', 'Terms', first('10020')], 2);
    expect(mapOf(result)).toEqual({ '10010': [0, 1], '10020': [2, 3] });
    expect(result.boundaries).toMatchObject([{ pageNum: 2, accountIndex: 1, certainty: 0.95 }]);
  });

  it('stay apart even if two name the same number, which makes the boundary uncertain', () => {
    const { accounts, boundaries } = split([first('10010'), first('10010')], 1);
    expect(accounts.map(({ accountNumber }) => accountNumber)).toEqual(['10010', '10010']);
    expect(boundaries[0]?.certainty).toBeLessThan(sureBoundary);
    expect(boundaries[0]?.reasons.against).toEqual(['account 10010 is in the previous part, too']);
  });

  it('are uncertain where the last has too few pages', () => {
    const { boundaries } = split([first('10010'), 'Terms', first('10020')], 2);
    expect(boundaries[0]?.certainty).toBeLessThan(sureBoundary);
  });

  it('need no number at all', () => {
    const pages = [0, 1, 2, 3].map((pageNum) => ({ pageNum, hits: [] }));
    expect(splitByCount(pages, 2).accounts).toEqual([
      { accountNumber: null, pages: [0, 1].map((pageNum) => ({ pageNum, region: null })) },
      { accountNumber: null, pages: [2, 3].map((pageNum) => ({ pageNum, region: null })) },
    ]);
  });
});
