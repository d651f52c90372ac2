import { canonicalOf } from './identifier.ts';
import type { AccountPart, Boundary, PageOfPart, SplitResult } from './types.ts';

/** Changes whenever the same moves would give other accounts. */
export const movesVersion = '2';

/** A page (0-based) that a person gave to an account. */
export interface MovedPage {
  pageNum: number;
  accountNumber: string;
  /** Which account of that number, where there are several: that whose own pages begin here. */
  originPage?: number;
}

/** An account with its pages (0-based) before people moved any; none for one that they made. */
export interface PlacedAccount extends AccountPart {
  evidencePages: number[];
}

export interface MovedSplit extends SplitResult {
  accounts: PlacedAccount[];
}

/**
 * What people decided about pages outranks the evidence: each moved page belongs, whole, to the account that it was given
 * to, and to no other. An account that the evidence does not know is made; one that has no page left is gone. Where pages
 * of an account begin because of that, the boundary says so and is certain.
 */
export function moveParts(split: SplitResult, moves: readonly MovedPage[]): MovedSplit {
  const known = split.accounts.map((account) => ({
    ...account,
    evidencePages: account.pages.map(({ pageNum }) => pageNum),
  }));
  if (moves.length === 0) return { ...split, accounts: known };
  const made = new Map<string, PlacedAccount>();
  const lastMoves = [...new Map(moves.map((move) => [move.pageNum, move])).values()];
  const given = Map.groupBy(lastMoves, (move) => findAccount(known, move) ?? makeAccount(made, move));
  const moved = new Map(lastMoves.map(({ pageNum, accountNumber }) => [pageNum, accountNumber]));
  const accounts = [...known, ...made.values()].map((account) => {
    const stayed = account.pages.filter(({ pageNum }) => !moved.has(pageNum));
    const added = (given.get(account) ?? []).map(({ pageNum }): PageOfPart => ({ pageNum, region: null }));
    return { ...account, pages: [...stayed, ...added].toSorted((a, b) => a.pageNum - b.pageNum) };
  });
  const left = accounts.filter((account) => account.pages.length > 0);
  const oldIndex = new Map(left.map((account, index) => [accounts.indexOf(account), index]));
  return {
    ...split,
    accounts: left,
    contextPages: split.contextPages.filter((pageNum) => !moved.has(pageNum)),
    boundaries: boundariesOf(split.boundaries, left, oldIndex, moved),
  };
}

/**
 * Of several accounts of the number the one that begins on the page named, or has it, or else the first. Where the number
 * is not read any more, the account that begins there.
 */
function findAccount(
  accounts: readonly PlacedAccount[],
  { accountNumber: wanted, originPage }: MovedPage,
): PlacedAccount | undefined {
  const same = accounts.filter(
    ({ accountNumber }) => accountNumber !== null && canonicalOf(accountNumber) === canonicalOf(wanted),
  );
  const begins = ({ evidencePages: [first] }: PlacedAccount) => first !== undefined && first === originPage;
  const has = ({ evidencePages }: PlacedAccount) => originPage !== undefined && evidencePages.includes(originPage);
  return same.find(begins) ?? same.find(has) ?? same[0] ?? accounts.find(begins);
}

function makeAccount(made: Map<string, PlacedAccount>, { accountNumber }: MovedPage): PlacedAccount {
  const key = canonicalOf(accountNumber);
  const account = made.get(key) ?? { accountNumber, evidencePages: [], pages: [] };
  made.set(key, account);
  return account;
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
