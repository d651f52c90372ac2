import { attentionReason } from '#lib/extraction/attention.ts';
import type { Leaf, Path } from '#lib/extraction/leaf.ts';
import { type MergedRow, mergePages, toRecord } from '#lib/extraction/merge.ts';
import { pathText } from '#lib/extraction/path.ts';
import { trustOf } from '#lib/extraction/trust.ts';
import type { AccountResult, DocumentResult, ValueRow } from '#lib/results/save.ts';
import { checkRecord, type RecordCheck } from '#lib/validation/check.ts';
import type { Work } from '../work.ts';
import type { PageOutcome } from './extract.ts';
import type { PageMap } from './map.ts';

/** Joins page results into one record per account and checks it against the schema's rules. */
export async function mergeAccounts(
  work: Work,
  map: PageMap,
  outcomes: readonly PageOutcome[],
): Promise<DocumentResult> {
  const byAccount = Map.groupBy(outcomes, (outcome) => outcome.account.accountIndex);
  const accounts = map.accounts.map((account): AccountResult => {
    const pages = (byAccount.get(account.accountIndex) ?? []).map((outcome) => outcome.leaves);
    const merged = mergePages(work.definition.fields, pages);
    return { ...account, rows: checkedRows(work, merged) };
  });
  return { accounts };
}

function checkedRows({ definition }: Work, merged: readonly MergedRow[]): ValueRow[] {
  const leaves = merged.flatMap((row) => row.leaves);
  const places = new Map(leaves.map((leaf) => [pathText(leaf.path), leaf.evidence?.pageNum ?? null]));
  const checks = checkRecord(definition, toRecord(leaves), (path) => places.get(pathText(path)) ?? null);
  return merged.map((row) => {
    const checked = row.leaves.map((leaf) => withChecks(leaf, checks));
    const needsAttention = checked.filter((leaf) => attentionReason(leaf, row.isRequired) !== null).length;
    return { path: pathText(row.path), isListRow: row.isListRow, leaves: checked, needsAttention };
  });
}

function withChecks(leaf: Leaf, checks: readonly RecordCheck[]): Leaf {
  const own = checks.filter((check) => check.paths.some((path) => concerns(path, leaf.path)));
  if (own.length === 0) return leaf;
  const stated = own.map(({ rule, ok, severity, message }) => ({ rule, ok, severity, message }));
  return { ...leaf, checks: stated, trust: leaf.state === 'not_found' ? 0 : trustOf(leaf.signals, stated) };
}

/** A check speaks of the value at its very path. A list as a whole is spoken of by the scalars beside it. */
function concerns(path: Path, leafPath: Path): boolean {
  return pathText(path) === pathText(leafPath);
}
