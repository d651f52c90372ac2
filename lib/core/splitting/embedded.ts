import type { Boundary, PageEvidence, SplitResult } from './types.ts';
import { canonicalOf } from './identifier.ts';

const certainty = 0.95;

/**
 * Gives the pages that show an embedded file, such as an electronic invoice, to the account whose number they name; to the
 * account of the page before where they name none.
 */
export function withEmbedded(split: SplitResult, pages: readonly PageEvidence[]): SplitResult {
  const [first] = pages;
  if (!first) return split;
  const named = new Set(pages.flatMap(({ embedded }) => embedded?.numbers ?? []));
  const isNamed = ({ accountNumber }: SplitResult['accounts'][number]) =>
    accountNumber !== null && named.has(canonicalOf(accountNumber));
  const hasPageBefore = ({ pages: own }: SplitResult['accounts'][number]) =>
    own.some(({ pageNum }) => pageNum === first.pageNum - 1);
  const before = split.accounts.findLastIndex(hasPageBefore);
  const owner = [split.accounts.findIndex(isNamed), before].find((index) => index >= 0) ?? split.accounts.length - 1;
  const added = pages.map(({ pageNum }) => ({ pageNum, region: null }));
  const reason = 'the file embedded in the document names it';
  const boundary: Boundary = {
    pageNum: first.pageNum,
    accountIndex: owner,
    reasons: { for: [reason], against: [] },
    certainty,
  };
  return {
    ...split,
    accounts: split.accounts.map((account, index) =>
      index === owner ? { ...account, pages: [...account.pages, ...added] } : account,
    ),
    boundaries: owner === before ? split.boundaries : [...split.boundaries, boundary],
  };
}
