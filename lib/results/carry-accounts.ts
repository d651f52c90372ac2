import { type CarriedRow, carryOver, rowsWithoutField } from '#lib/core/values/carry-over.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';
import { isDecision, type KeptRow, machineLeaves } from '#lib/core/values/match-rows.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { recheckRows } from '#lib/core/values/recheck.ts';
import type { AccountResult } from './account-result.ts';
import { type AccountIdentity, identityKey, matchAccounts } from './match-accounts.ts';

/** An account as an earlier result has it, with what people decided on its values. */
export interface KeptAccount extends AccountIdentity {
  rows: KeptRow[];
}

export type SavedRow = CarriedRow & { needsAttention: number };

export interface CarriedResult {
  /** The rows of each account of the result, in its order. */
  rows: SavedRow[][];
  /** What people decided that has no place in the result: to be kept until one has. */
  orphans: KeptAccount[];
}

/**
 * Carries over what people decided to a new result of a document, each decision to its own account, or to none. `kept` is
 * the last result, `orphans` what had no place in it.
 */
export function carryAccounts(
  definition: Definition,
  { kept, orphans }: { kept: readonly KeptAccount[]; orphans: readonly KeptAccount[] },
  accounts: readonly AccountResult[],
): CarriedResult {
  const before = joinOrphans(kept, orphans);
  const current = matchAccounts(before.accounts, accounts, { likeness });
  const returned = matchAccounts(before.orphans, accounts, { taken: new Set(current.keys()), likeness });
  const partners = new Map([...current, ...returned]);
  const left = new Set([...before.accounts, ...before.orphans]).difference(new Set(partners.values()));
  const carried = accounts.map((account) => carryAccount(definition, account, partners.get(account)));
  const homeless = carried.map(({ account, homeless: rows }) => ({ ...identityOf(account), rows }));
  return {
    rows: carried.map(({ rows }) => rows),
    orphans: [...left, ...homeless].flatMap((account) => {
      const rows = account.rows.filter(isDecision);
      return rows.length > 0 ? [{ ...identityOf(account), rows }] : [];
    }),
  };
}

/** Decisions that had no place in the last result go on with their account, where it had one. */
function joinOrphans(
  kept: readonly KeptAccount[],
  orphans: readonly KeptAccount[],
): { accounts: KeptAccount[]; orphans: KeptAccount[] } {
  const byIdentity = Map.groupBy(orphans, identityKey);
  const accounts = kept.map((account) => {
    const own = byIdentity.get(identityKey(account)) ?? [];
    byIdentity.delete(identityKey(account));
    return {
      ...account,
      rows: joinRows(
        account.rows,
        own.flatMap(({ rows }) => rows),
      ),
    };
  });
  return { accounts, orphans: [...byIdentity.values()].flat() };
}

/** A row that the account has already, decided there too, is not added. */
function joinRows(rows: readonly KeptRow[], orphans: readonly KeptRow[]): KeptRow[] {
  const keyOf = ({ path, rowId }: KeptRow) => rowId ?? path;
  const decided = new Set(rows.filter(isDecision).map(keyOf));
  const added = orphans.filter((row) => !decided.has(keyOf(row)));
  const replaced = new Set(added.map(keyOf));
  return [...rows.filter((row) => !replaced.has(keyOf(row))), ...added];
}

function carryAccount(
  definition: Definition,
  account: AccountResult,
  kept: KeptAccount | undefined,
): { account: AccountResult; rows: SavedRow[]; homeless: KeptRow[] } {
  if (!kept) {
    const rows = account.rows.map((row) => ({ ...row, rowId: null, extracted: null, isDeleted: false }));
    return { account, rows, homeless: [] };
  }
  const rows = carryOver(definition.fields, kept.rows, account.rows);
  const homeless = rowsWithoutField(definition.fields, kept.rows, account.rows);
  const live = recheckRows(
    definition,
    rows.filter((row) => !row.isDeleted),
  );
  let next = 0;
  const saved = rows.flatMap((row) => (row.isDeleted ? { ...row, needsAttention: 0 } : (live[next++] ?? [])));
  return { account, rows: saved, homeless };
}

/** How many values of two accounts are the same, as the engines read them. */
function likeness({ rows }: KeptAccount, account: AccountResult): number {
  const own = new Set(rows.flatMap(machineLeaves).flatMap(textOf));
  return account.rows.flatMap(({ leaves }) => leaves.flatMap(textOf)).filter((text) => own.has(text)).length;
}

function textOf({ path, value }: Value): string[] {
  return value === null ? [] : [`${pathText(path)}=${JSON.stringify(value)}`];
}

function identityOf(account: AccountIdentity): AccountIdentity {
  const { accountNumber, evidencePages } = account;
  return { accountNumber, evidencePages };
}

/** How many accounts and fields a notice names. */
const maxNamed = 5;

/** What a person should know of decisions that have no place in a result; null when all have. */
export function orphanNotice(accounts: readonly AccountIdentity[], orphans: readonly KeptAccount[]): string | null {
  if (orphans.length === 0) return null;
  const present = new Set(accounts.map(identityKey));
  const names = orphans.flatMap((orphan) => {
    if (present.has(identityKey(orphan))) return orphan.rows.map(({ path }) => path);
    const { accountNumber, evidencePages } = orphan;
    return accountNumber === null ? `the account on page ${(evidencePages[0] ?? 0) + 1}` : `account ${accountNumber}`;
  });
  const named = [...new Set(names)];
  const more = named.length > maxNamed ? ` and ${named.length - maxNamed} more` : '';
  return `Edits that have no place in this result are kept until they have one again: ${named.slice(0, maxNamed).join(', ')}${more}.`;
}
