import { canonicalOf } from './identifier.ts';
import type { AccountPart, Boundary, SplitResult } from './types.ts';

/** A page (0-based) that a person gave to an account. */
export interface MovedPage {
  pageNum: number;
  accountNumber: string;
}

/**
 * What people decided about pages outranks the evidence: each moved page belongs, whole, to the account that it was given
 * to, and to no other. An account that the evidence does not know is made; one that has no page left is gone. Where pages
 * of an account begin because of that, the boundary says so and is certain.
 */
export function moveParts(split: SplitResult, moves: readonly MovedPage[]): SplitResult {
  if (moves.length === 0) return split;
  const moved = new Map(moves.map(({ pageNum, accountNumber }) => [pageNum, accountNumber]));
  const stayed = split.accounts.map((account) => ({
    ...account,
    pages: account.pages.filter(({ pageNum }) => !moved.has(pageNum)),
  }));
  const accounts = [...stayed, ...newAccounts(stayed, moves)].map((account) => withMoved(account, moves));
  const standing = accounts.filter((account) => account.pages.length > 0);
  const oldIndex = new Map(standing.map((account, index) => [accounts.indexOf(account), index]));
  return {
    ...split,
    accounts: standing,
    contextPages: split.contextPages.filter((pageNum) => !moved.has(pageNum)),
    boundaries: boundariesOf(split.boundaries, standing, oldIndex, moved),
  };
}

function newAccounts(accounts: readonly AccountPart[], moves: readonly MovedPage[]): AccountPart[] {
  const fresh = new Map<string, AccountPart>();
  for (const { accountNumber } of moves) {
    const isKnown = accounts.some((account) => isNumber(account, accountNumber));
    if (!isKnown) fresh.set(canonicalOf(accountNumber), { accountNumber, pages: [] });
  }
  return [...fresh.values()];
}

function isNumber(account: AccountPart, accountNumber: string): boolean {
  return account.accountNumber !== null && canonicalOf(account.accountNumber) === canonicalOf(accountNumber);
}

function withMoved(account: AccountPart, moves: readonly MovedPage[]): AccountPart {
  const given = moves.filter(({ accountNumber }) => isNumber(account, accountNumber));
  const pages = [...account.pages, ...given.map(({ pageNum }) => ({ pageNum, region: null }))];
  return { ...account, pages: pages.toSorted((a, b) => a.pageNum - b.pageNum) };
}

/** Boundaries that still stand, and those that the moves made: where an account begins behind a page that is not its own. */
function boundariesOf(
  before: readonly Boundary[],
  accounts: readonly AccountPart[],
  oldIndex: ReadonlyMap<number, number>,
  moved: ReadonlyMap<number, string>,
): Boundary[] {
  return accounts
    .flatMap((account, accountIndex) => {
      const own = new Set(account.pages.map(({ pageNum }) => pageNum));
      const starts = account.pages.filter(({ pageNum }) => !own.has(pageNum - 1));
      return starts.flatMap(({ pageNum }): Boundary[] => {
        const known = before.find(
          (boundary) => boundary.pageNum === pageNum && oldIndex.get(boundary.accountIndex) === accountIndex,
        );
        if (known) return [{ ...known, accountIndex }];
        if (pageNum === 0 && !moved.has(0)) return [];
        return [{ pageNum, accountIndex, reasons: { for: ['a person moved it here'], against: [] }, certainty: 1 }];
      });
    })
    .toSorted((a, b) => a.pageNum - b.pageNum || a.accountIndex - b.accountIndex);
}
