import type { Field, ObjectField, ScalarField } from './field.ts';
import type { Leaf, Path, Scalar } from './leaf.ts';
import { pathText } from './path.ts';
import { trustOf } from './trust.ts';

/** A scalar of an account, or one row of a list. */
export interface MergedRow {
  /** Of a scalar its path, of a list row the list's. */
  path: Path;
  isListRow: boolean;
  isRequired: boolean;
  leaves: Leaf[];
}

/**
 * Joins what the pages of an account gave into one record, in schema order. Of a scalar that several pages say, one is
 * kept; pages that disagree make a conflict, kept and flagged. Rows of a list are joined in page order; a row that ends
 * one page and begins the next, the same in every value, is counted once.
 */
export function mergePages(fields: ObjectField, pages: readonly (readonly Leaf[])[]): MergedRow[] {
  return fields.fields.flatMap((field) => mergeField(field, [field.name], pages));
}

function mergeField(field: Field, path: Path, pages: readonly (readonly Leaf[])[]): MergedRow[] {
  if (field.kind === 'object') return field.fields.flatMap((part) => mergeField(part, [...path, part.name], pages));
  const isRequired = field.required;
  if (field.kind === 'list') {
    return mergeList(path, pages).map((leaves) => ({ path, isListRow: true, isRequired: false, leaves }));
  }
  const name = pathText(path);
  const said = pages.flat().filter((leaf) => pathText(leaf.path) === name);
  return [{ path, isListRow: false, isRequired, leaves: [mergeScalar(field, path, said)] }];
}

function mergeScalar(field: ScalarField, path: Path, said: readonly Leaf[]): Leaf {
  const [best] = said.toSorted(
    (a, b) => Number(b.state === 'found') - Number(a.state === 'found') || b.trust - a.trust,
  );
  if (!best) return missing(field, path);
  const others = said.filter((leaf) => leaf !== best && leaf.state === best.state);
  const different = others.filter((leaf) => fingerprint(leaf.value) !== fingerprint(best.value));
  if (different.length > 0) {
    const detail = `another page says ${[...new Set(different.map((leaf) => describe(leaf)))].join(', ')}`;
    return signalled({ ...best, state: 'conflict' }, { name: 'conflict', ok: false, detail });
  }
  if (others.length === 0) return best;
  return signalled(best, { name: 'repeated', ok: true, detail: `said ${others.length + 1} times` });
}

function signalled(leaf: Leaf, signal: Leaf['signals'][number]): Leaf {
  const signals = [...leaf.signals, signal];
  return { ...leaf, signals, trust: trustOf(signals, leaf.checks) };
}

function describe({ value, evidence }: Leaf): string {
  return `${JSON.stringify(value)}${evidence ? ` (page ${evidence.pageNum + 1})` : ''}`;
}

function missing(field: ScalarField, path: Path): Leaf {
  const type = field.format ?? field.type;
  const empty = { value: null, raw: null, evidence: null, trust: 0, signals: [], checks: [] };
  return { ...empty, path, label: field.label, type, state: 'not_found' };
}

function mergeList(path: Path, pages: readonly (readonly Leaf[])[]): Leaf[][] {
  const rows: Leaf[][] = [];
  for (const page of pages) {
    const found = rowsOf(path, page);
    const [first, last] = [found[0], rows.at(-1)];
    const isRepeated = first && last && rows.length > 0 && sameRow(last, first) && !samePlace(last, first);
    rows.push(...(isRepeated ? found.slice(1) : found));
  }
  return rows.map((row, index) =>
    row.map((leaf) => ({ ...leaf, path: [...path, index, ...leaf.path.slice(path.length + 1)] })),
  );
}

/** The leaves of each row of a list on one page, in row order. */
function rowsOf(path: Path, page: readonly Leaf[]): Leaf[][] {
  const own = page.filter(
    (leaf) => leaf.path.length > path.length && path.every((step, index) => leaf.path[index] === step),
  );
  const byRow = Map.groupBy(own, (leaf) => Number(leaf.path[path.length]));
  return [...byRow].toSorted(([a], [b]) => a - b).map(([, leaves]) => leaves);
}

function sameRow(one: readonly Leaf[], other: readonly Leaf[]): boolean {
  return rowText(one) === rowText(other);
}

/** Two rows of one page may well be equal: only across a page break a row is repeated. */
function samePlace(one: readonly Leaf[], other: readonly Leaf[]): boolean {
  return one[0]?.evidence?.pageNum === other[0]?.evidence?.pageNum;
}

function rowText(row: readonly Leaf[]): string {
  return row
    .map((leaf) => `${String(leaf.path.at(-1))}=${fingerprint(leaf.value)}`)
    .toSorted()
    .join('\n');
}

function fingerprint(value: Scalar | null): string {
  return typeof value === 'string' ? value.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase() : JSON.stringify(value);
}

/** The plain nested record of leaves; what was not found is null. */
export function toRecord(leaves: readonly Leaf[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { path, value } of leaves) setAt(record, path, value);
  return record;
}

type Container = Record<string, unknown> | unknown[];

function setAt(root: Container, path: Path, value: Scalar | null): void {
  let at = root;
  path.forEach((step, index) => {
    const key = step as keyof Container & string;
    const box = at as Record<string, unknown>;
    if (index === path.length - 1) {
      box[key] = value;
      return;
    }
    box[key] ??= typeof path[index + 1] === 'number' ? [] : {};
    at = box[key] as Container;
  });
}
