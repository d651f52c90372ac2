import type { Shortfall } from '#lib/core/values/completeness.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { type History, withHistory } from '#lib/core/values/past-edits.ts';
import type { Value } from '#lib/core/values/value.ts';
import { mergePages } from '#lib/core/values/merge.ts';
import { withOwnNumber } from '#lib/core/values/account-number.ts';
import { pathText } from '#lib/core/fields/path.ts';
import type { ValueRow } from '#lib/results/account-result.ts';
import { recheckRows } from '#lib/core/values/recheck.ts';
import { type Packed, packList, type PackedList, unpack } from './packed.ts';

interface AccountToMerge {
  definition: Definition;
  accountNumber: string | null;
  /** What its pages gave, in page order. */
  pages: readonly Packed<Value[]>[];
  shortfalls: readonly Shortfall[];
  history: History;
}

/** Joins what an account's pages gave into one record and checks it against the schema's rules. */
export function mergeAccount(account: AccountToMerge): PackedList<ValueRow> {
  const { definition, accountNumber, shortfalls, history } = account;
  const pages = withOwnNumber(account.pages.map(unpack), definition.split?.by ?? null, accountNumber);
  const merged = mergePages(definition.fields, pages, shortfalls, definition.rules).map((row) => ({
    ...row,
    leaves: row.leaves.map((leaf) => withHistory(leaf, history)),
  }));
  const rows = recheckRows(definition, merged).map((row): ValueRow => {
    const { path, isListRow, leaves, needsAttention } = row;
    return { path: pathText(path), isListRow, leaves, needsAttention };
  });
  return packList(rows);
}
