import type { Definition } from '#lib/extraction/definition.ts';
import { withHistory } from '#lib/extraction/history.ts';
import { type MergedRow, mergePages } from '#lib/extraction/merge.ts';
import { withOwnNumber } from '#lib/extraction/own-number.ts';
import { pathText } from '#lib/extraction/path.ts';
import type { AccountResult, ValueRow } from '#lib/results/save.ts';
import { recheckRows } from '#lib/validation/recheck.ts';
import type { Work } from '../work.ts';
import type { PageOutcome } from './extract.ts';
import type { PageMap } from './map.ts';

/** Joins page results into one record per account and checks it against the schema's rules. */
export function mergeAccounts(work: Work, map: PageMap, outcomes: readonly PageOutcome[]): AccountResult[] {
  const byAccount = Map.groupBy(outcomes, (outcome) => outcome.account.accountIndex);
  return map.accounts.map((account): AccountResult => {
    const own = byAccount.get(account.accountIndex) ?? [];
    const shortfalls = own.flatMap((outcome) => outcome.shortfalls);
    const pages = own.map((outcome) => outcome.leaves);
    const merged = mergePages(
      work.definition.fields,
      withOwnNumber(pages, work.definition.split?.by ?? null, account.accountNumber),
      shortfalls,
    ).map((row) => ({ ...row, leaves: row.leaves.map((leaf) => withHistory(leaf, work.history)) }));
    return { ...account, rows: checkedRows(work.definition, merged) };
  });
}

function checkedRows(definition: Definition, merged: readonly MergedRow[]): ValueRow[] {
  return recheckRows(definition, merged).map(({ path, isListRow, leaves, needsAttention }) => ({
    path: pathText(path),
    isListRow,
    leaves,
    needsAttention,
  }));
}
