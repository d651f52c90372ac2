import { meaningKey } from '#lib/normalise/meaning.ts';
import type { Field, ListField, ObjectField, ScalarField } from './field.ts';
import { markShortfalls, type Shortfall } from './completeness.ts';
import type { Leaf, Path } from './leaf.ts';
import { pathText } from './path.ts';
import { trustOf } from './trust.ts';

/** A scalar of an account, or one row of a list. */
export interface MergedRow {
  /** Of a scalar its path, of a list row the list's. */
  path: Path;
  isListRow: boolean;
  leaves: Leaf[];
}

/**
 * Joins what the pages of an account gave into one record, in schema order. `pages` are in page order. Of a scalar that
 * several pages say, one is kept; pages that disagree make a conflict, kept and flagged. Rows of a list are joined in page
 * order; rows that end one page and begin the next, the same in every value, are counted once. A list of single values,
 * such as names that each page repeats in its heading, holds each value once. A required list without rows is one leaf
 * of type `list` that was not found, and so is one of which rows were seen and none was read. `shortfalls` are marked
 * where rows are missing.
 */
export function mergePages(
  fields: ObjectField,
  pages: readonly (readonly Leaf[])[],
  shortfalls: readonly Shortfall[] = [],
): MergedRow[] {
  const said = Map.groupBy(pages.flat(), (leaf) => pathText(leaf.path));
  return fields.fields.flatMap((field) => mergeField(field, [field.name], { pages, said, shortfalls }));
}

interface Given {
  pages: readonly (readonly Leaf[])[];
  /** All leaves by their paths. */
  said: ReadonlyMap<string, readonly Leaf[]>;
  shortfalls: readonly Shortfall[];
}

function mergeField(field: Field, path: Path, given: Given): MergedRow[] {
  if (field.kind === 'object') return field.fields.flatMap((part) => mergeField(part, [...path, part.name], given));
  if (field.kind === 'scalar') {
    const leaf = mergeScalar(field, path, given.said.get(pathText(path)) ?? []);
    return [{ path, isListRow: false, leaves: [leaf] }];
  }
  const rows = mergeList(field, path, given.pages);
  const shortfalls = given.shortfalls.filter((shortfall) => pathText(shortfall.path) === pathText(path));
  if (rows.length === 0 && (field.required || shortfalls.length > 0)) {
    const [leaves = []] = markShortfalls([[missing(field.label, 'list', path)]], shortfalls);
    return [{ path, isListRow: false, leaves }];
  }
  return markShortfalls(rows, shortfalls).map((leaves) => ({ path, isListRow: true, leaves }));
}

/** The value that most speaks for: said by several pages before said with more trust by one, found before not. */
function mergeScalar(field: ScalarField, path: Path, said: readonly Leaf[]): Leaf {
  const found = said.filter((leaf) => leaf.state === 'found');
  const counted = found.length > 0 ? found : said;
  const byValue = [...Map.groupBy(counted, (leaf) => meaningKey(leaf.value)).values()];
  const [leading, ...different] = byValue.toSorted((a, b) => doubtOf(a) - doubtOf(b));
  const [best] = leading?.toSorted((a, b) => b.trust - a.trust) ?? [];
  if (!best || !leading) return missing(field.label, field.format ?? field.type, path);
  if (different.length > 0) {
    const detail = `another page says ${[...new Set(different.flat().map((leaf) => describe(leaf)))].join(', ')}`;
    return signalled({ ...best, state: 'conflict' }, { name: 'conflict', ok: false, detail });
  }
  if (leading.length === 1) return best;
  return signalled(best, { name: 'repeated', ok: true, detail: `said ${leading.length} times` });
}

/** How likely all that say so are wrong, were they independent. */
function doubtOf(leaves: readonly Leaf[]): number {
  return leaves.reduce((doubt, leaf) => doubt * (1 - leaf.trust), 1);
}

function signalled(leaf: Leaf, signal: Leaf['signals'][number]): Leaf {
  const signals = [...leaf.signals, signal];
  return { ...leaf, signals, trust: trustOf(signals, leaf.checks) };
}

function describe({ value, evidence }: Leaf): string {
  return `${JSON.stringify(value)}${evidence ? ` (page ${evidence.pageNum + 1})` : ''}`;
}

function missing(label: string, type: string, path: Path): Leaf {
  const empty = { value: null, raw: null, evidence: null, trust: 0, signals: [], checks: [] };
  return { ...empty, path, label, type, state: 'not_found' };
}

function mergeList({ item }: ListField, path: Path, pages: readonly (readonly Leaf[])[]): Leaf[][] {
  const rows: Leaf[][] = [];
  for (const page of pages) {
    const found = rowsOf(path, page);
    if (item.kind === 'scalar') rows.push(...found.filter((row) => !rows.some((other) => sameRow(other, row, path))));
    else rows.push(...found.slice(repeatedRows(rows, found, path)));
  }
  return rows.map((row, index) =>
    row.map((leaf) => ({ ...leaf, path: [...path, index, ...leaf.path.slice(path.length + 1)] })),
  );
}

/** A page rarely repeats more of the one before. */
const mostRepeated = 5;

/**
 * How many rows at the start of a page are those that ended the page before. Several only when they differ among
 * themselves: equal rows, such as a monthly fee, may well go on.
 */
function repeatedRows(before: readonly Leaf[][], found: readonly Leaf[][], path: Path): number {
  for (let count = Math.min(mostRepeated, before.length, found.length); count > 0; count--) {
    const [tail, head] = [before.slice(-count), found.slice(0, count)];
    const isRepeated = tail.every((row, index) => sameRow(row, head[index] ?? [], path));
    const isVaried = count === 1 || new Set(head.map((row) => rowText(row, path))).size === count;
    if (isRepeated && isVaried && !samePlace(tail[0] ?? [], head[0] ?? [])) return count;
  }
  return 0;
}

/** The leaves of each row of a list on one page, in row order. */
function rowsOf(path: Path, page: readonly Leaf[]): Leaf[][] {
  const own = page.filter(
    (leaf) => leaf.path.length > path.length && path.every((step, index) => leaf.path[index] === step),
  );
  const byRow = Map.groupBy(own, (leaf) => Number(leaf.path[path.length]));
  return [...byRow].toSorted(([a], [b]) => a - b).map(([, leaves]) => leaves);
}

function sameRow(one: readonly Leaf[], other: readonly Leaf[], list: Path): boolean {
  return rowText(one, list) === rowText(other, list);
}

/** Two rows of one page may well be equal: only across a page break a row is repeated. */
function samePlace(one: readonly Leaf[], other: readonly Leaf[]): boolean {
  return one[0]?.evidence?.pageNum === other[0]?.evidence?.pageNum;
}

function rowText(row: readonly Leaf[], list: Path): string {
  const cells = row.map((leaf) => `${pathText(leaf.path.slice(list.length + 1))}=${meaningKey(leaf.value)}`);
  return cells.toSorted().join('\n');
}

/** The plain nested record of leaves; what was not found is null, a list without rows is empty. */
export function toRecord(leaves: readonly Leaf[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { path, value, type } of leaves) setAt(record, path, type === 'list' ? [] : value);
  return record;
}

function setAt(container: object, path: Path, value: unknown): void {
  const [step, next, ...rest] = path;
  if (step === undefined) return;
  if (next === undefined) {
    Object.defineProperty(container, step, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  const held: unknown = Object.hasOwn(container, step) ? Reflect.get(container, step) : null;
  const inner = typeof held === 'object' && held !== null ? held : typeof next === 'number' ? [] : {};
  if (inner !== held) setAt(container, [step], inner);
  setAt(inner, [next, ...rest], value);
}
