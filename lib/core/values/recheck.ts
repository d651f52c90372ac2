import { attentionReason } from '#lib/core/values/attention.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { fieldAt } from '#lib/core/fields/field.ts';
import { isDecided, type Value } from '#lib/core/values/value.ts';
import type { Check, RecordCheck } from '../rules/rule.ts';
import { type Path, pathText } from '#lib/core/fields/path.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import { trustOf } from '#lib/core/values/trust.ts';
import { checkRecord } from '../rules/check.ts';

/**
 * Checks the rows of one account (a scalar or a list row each) against the schema's rules: gives them back with each
 * value's checks, its trust, and how many values of the row a person should see. The same code runs when a document is
 * extracted, on every edit, and in the browser while a person types.
 */
export function recheckRows<Row extends { leaves: Value[] }>(
  definition: Definition,
  rows: readonly Row[],
): (Row & { needsAttention: number })[] {
  const leaves = rows.flatMap((row) => row.leaves);
  const places = new Map(leaves.map((leaf) => [pathText(leaf.path), leaf.evidence?.pageNum ?? null]));
  const checks = checkRecord(definition, toRecord(leaves), (path) => places.get(pathText(path)) ?? null);
  const byPath = new Map<string, RecordCheck[]>();
  for (const check of checks) {
    for (const path of new Set(check.paths.map(pathText))) byPath.set(path, [...(byPath.get(path) ?? []), check]);
  }
  return rows.map((row) => {
    const checked = row.leaves.map((leaf) => withChecks(leaf, byPath.get(pathText(leaf.path)) ?? []));
    const needsAttention = checked.filter((leaf) => attentionReason(leaf, isRequired(definition, leaf.path))).length;
    return { ...row, leaves: checked, needsAttention };
  });
}

/** A value inside a row of a list may always be missing. */
export function isRequired(definition: Definition, path: Path): boolean {
  return !path.some((step) => typeof step === 'number') && fieldAt(definition.fields, path)?.required === true;
}

function withChecks(leaf: Value, own: readonly RecordCheck[]): Value {
  const stated = [
    ...formatCheck(leaf),
    ...own.map(({ rule, ok, severity, message }) => ({ rule, ok, severity, message })),
  ];
  return { ...leaf, checks: stated, trust: trustAfter(leaf, stated) };
}

function trustAfter(leaf: Value, checks: readonly Check[]): number {
  if (isDecided(leaf.state)) return 1;
  return leaf.state === 'not_found' ? 0 : trustOf(leaf.signals, checks);
}

/** What a person wrote is kept even if it does not fit its type; then that is an error that stands until it is mended. */
function formatCheck({ state, signals }: Value): Check[] {
  const wrong = state === 'edited' ? signals.find(({ name, ok }) => name === 'format' && !ok) : undefined;
  return wrong ? [{ rule: 'format', ok: false, severity: 'error', message: wrong.detail }] : [];
}
