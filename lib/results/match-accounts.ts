import { canonicalOf } from '#lib/core/splitting/identifier.ts';

/** What an account of a document is known by from one result to the next. Several accounts may have one number. */
export interface AccountIdentity {
  accountNumber: string | null;
  /** Its pages (0-based, ascending) before people moved any; none for an account that they made. */
  evidencePages: readonly number[];
}

interface Options<Kept, Account> {
  /** Accounts that have a partner already. */
  taken?: ReadonlySet<Account>;
  /** How much two have in common besides their pages. */
  likeness?: (kept: Kept, account: Account) => number;
}

/**
 * Which kept account each account of a new result is, one to one. Accounts of one number are told apart by the page on
 * which they begin, then by the pages that they share (of equals the most alike wins); the only one of its number is
 * the same account wherever it is now. What is left is the same account under another number where it has exactly the same
 * pages. Pages count as the evidence has them, whomever people gave them to. Accounts without a partner are not among the result: no account ever gets what was decided on another.
 */
export function matchAccounts<Kept extends AccountIdentity, Account extends AccountIdentity>(
  kept: readonly Kept[],
  accounts: readonly Account[],
  { taken = new Set(), likeness = () => 0 }: Options<Kept, Account> = {},
): Map<Account, Kept> {
  const partners = new Map<Account, Kept>();
  const [openKept, openAccounts] = [new Set(kept), new Set(accounts).difference(taken)];
  const pair = (pairs: readonly Pair<Kept, Account>[]) => {
    for (const [one, other] of pairs) {
      if (!openKept.has(one) || !openAccounts.has(other)) continue;
      openKept.delete(one);
      openAccounts.delete(other);
      partners.set(other, one);
    }
  };
  pair(onlyOnes(kept, accounts, numberKey));
  pair(inOrder([...openKept], [...openAccounts], identityKey));
  pair(byOverlap([...openKept], [...openAccounts], likeness));
  pair(onlyOnes([...openKept], [...openAccounts], ({ evidencePages }) => evidencePages.join(' ') || null));
  return partners;
}

/** The same for an account in two results, unless its number or its first page changed. */
export function identityKey(account: AccountIdentity): string {
  return `${numberKey(account) ?? ''}\n${account.evidencePages[0] ?? ''}`;
}

function numberKey({ accountNumber }: AccountIdentity): string | null {
  return accountNumber === null ? null : canonicalOf(accountNumber);
}

type KeyOf = (account: AccountIdentity) => string | null;
type Pair<Kept, Account> = readonly [Kept, Account];

/** Those that are alone with their key, on both sides. */
function onlyOnes<Kept extends AccountIdentity, Account extends AccountIdentity>(
  kept: readonly Kept[],
  accounts: readonly Account[],
  keyOf: KeyOf,
): Pair<Kept, Account>[] {
  const byKey = Map.groupBy(kept, keyOf);
  return [...Map.groupBy(accounts, keyOf)].flatMap(([key, [other, ...others]]): Pair<Kept, Account>[] => {
    const [one, ...more] = byKey.get(key) ?? [];
    const isAlone = key !== null && others.length === 0 && more.length === 0;
    return isAlone && one && other ? [[one, other]] : [];
  });
}

/** The first of each key with the first, the second with the second. */
function inOrder<Kept extends AccountIdentity, Account extends AccountIdentity>(
  kept: readonly Kept[],
  accounts: readonly Account[],
  keyOf: KeyOf,
): Pair<Kept, Account>[] {
  const byKey = Map.groupBy(kept, keyOf);
  return accounts.flatMap((other): Pair<Kept, Account>[] => {
    const one = byKey.get(keyOf(other))?.shift();
    return one ? [[one, other]] : [];
  });
}

/** Those of one number that share pages, the best first. */
function byOverlap<Kept extends AccountIdentity, Account extends AccountIdentity>(
  kept: readonly Kept[],
  accounts: readonly Account[],
  likeness: (kept: Kept, account: Account) => number,
): Pair<Kept, Account>[] {
  const byPage = Map.groupBy(
    accounts.flatMap((account) => account.evidencePages.map((page) => ({ page, account }))),
    ({ page }) => page,
  );
  const pairs = kept.flatMap((one) => {
    const found = new Set(one.evidencePages.flatMap((page) => byPage.get(page) ?? []).map(({ account }) => account));
    const alike = [...found].filter((account) => numberKey(account) === numberKey(one));
    return alike.map((account) => ({ one, account, shared: sharedPages(one, account), like: likeness(one, account) }));
  });
  const ranked = pairs.toSorted((a, b) => b.shared - a.shared || b.like - a.like);
  return ranked.map(({ one, account }) => [one, account] as const);
}

/** Their share of the pages of both, 0–1. */
function sharedPages({ evidencePages }: AccountIdentity, other: AccountIdentity): number {
  const [own, others] = [new Set(evidencePages), new Set(other.evidencePages)];
  return own.intersection(others).size / own.union(others).size;
}
