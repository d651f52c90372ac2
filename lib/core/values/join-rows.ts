import { meaningKey } from '#lib/core/normalise/meaning.ts';
import type { ListField } from '../fields/field.ts';
import type { Value } from './value.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { pathText } from '../fields/path.ts';
import { isFromInvoice } from './electronic-invoice.ts';
import { withSignal } from './trust.ts';

/** A page rarely repeats more of the one before. */
const maxRepeated = 5;
/** A balance says that rows are the same: another payment would have changed it. */
const balanceName = /(?<!\p{L})(balance|saldo|solde|kontostand)(?!\p{L})/iu;

/**
 * The rows of a list on all pages of an account, in page order. Rows that end one page and begin the next, the same in
 * every value, are counted once, and say so. Where only one row is the same and no running balance proves it, it may as
 * well be two payments of one day: that is said against it, for a person to decide. A list of single texts, such as
 * names that each page repeats in its heading, holds each once.
 */
export function joinRows(
  { item }: ListField,
  path: Path,
  pages: readonly (readonly Value[])[],
  balances: ReadonlySet<string>,
): Value[][] {
  const isText = item.kind === 'scalar' && item.type === 'string';
  const rows: Value[][] = [];
  const places = new Map<string, number>();
  for (const page of pages) {
    const found = rowsOf(path, page);
    if (isText) addTexts(rows, places, found, path);
    else addRows(rows, found, path, balances);
  }
  return rows.map((row, index) =>
    row.map((leaf) => ({ ...leaf, path: [...path, index, ...leaf.path.slice(path.length + 1)] })),
  );
}

/** `places`: where each text of earlier pages is first. */
function addTexts(rows: Value[][], places: Map<string, number>, found: readonly Value[][], path: Path): void {
  const before = rows.length;
  for (const row of found) {
    const text = rowText(row, path);
    const known = places.get(text) ?? rows.length;
    places.set(text, known);
    if (known >= before) rows.push(row);
    else rows[known] = markFirst(rows[known] ?? [], true, 'repeated', `also on ${pageName(row)}`);
  }
}

function addRows(rows: Value[][], found: readonly Value[][], path: Path, balances: ReadonlySet<string>): void {
  const count = countRepeated(rows, found, path);
  const next = found.slice(0, count);
  const isSure = count > 1 || next.some((row) => hasBalance(row, balances));
  for (const [offset, row] of next.entries()) {
    const index = rows.length - count + offset;
    const where = `the same row ends ${pageName(rows[index] ?? [])} and begins ${pageName(row)}`;
    const detail = isSure ? `${where}: counted once` : `${where}: counted once, though there may be two`;
    rows[index] = markFirst(rows[index] ?? [], isSure, 'page_break', detail);
  }
  rows.push(...found.slice(count));
}

/**
 * How many rows at the start of a page are those that ended the page before. Several only when they differ among
 * themselves: equal rows, such as a monthly fee, may well go on.
 */
function countRepeated(before: readonly Value[][], found: readonly Value[][], path: Path): number {
  // An electronic invoice says each line once.
  if (found[0]?.some(isFromInvoice)) return 0;
  for (let count = Math.min(maxRepeated, before.length, found.length); count > 0; count--) {
    const [tail, head] = [before.slice(-count), found.slice(0, count)];
    const isRepeated = tail.every((row, index) => sameRow(row, head[index] ?? [], path));
    const isVaried = count === 1 || new Set(head.map((row) => rowText(row, path))).size === count;
    if (isRepeated && isVaried && !isSamePage(tail[0] ?? [], head[0] ?? [])) return count;
  }
  return 0;
}

function hasBalance(row: readonly Value[], balances: ReadonlySet<string>): boolean {
  return row.some(({ path, label, value }) => {
    const name = String(path.at(-1));
    return (
      typeof value === 'number' && (balances.has(name) || balanceName.test(`${name.replaceAll('_', ' ')} ${label}`))
    );
  });
}

function markFirst([first, ...others]: readonly Value[], ok: boolean, name: string, detail: string): Value[] {
  return first ? [withSignal(first, { name, ok, detail }), ...others] : [];
}

function pageName(row: readonly Value[]): string {
  const pageNum = row.find(({ evidence }) => evidence)?.evidence?.pageNum;
  return pageNum === undefined ? 'a page' : `page ${pageNum + 1}`;
}

/** The leaves of each row of a list on one page, in row order. */
function rowsOf(path: Path, page: readonly Value[]): Value[][] {
  const own = page.filter(
    (leaf) => leaf.path.length > path.length && path.every((step, index) => leaf.path[index] === step),
  );
  const byRow = Map.groupBy(own, (leaf) => Number(leaf.path[path.length]));
  return [...byRow].toSorted(([a], [b]) => a - b).map(([, leaves]) => leaves);
}

function sameRow(one: readonly Value[], other: readonly Value[], list: Path): boolean {
  return rowText(one, list) === rowText(other, list);
}

/** Two rows of one page may well be equal: only across a page break a row is repeated. */
function isSamePage(one: readonly Value[], other: readonly Value[]): boolean {
  return one[0]?.evidence?.pageNum === other[0]?.evidence?.pageNum;
}

function rowText(row: readonly Value[], list: Path): string {
  const cells = row.map((leaf) => `${pathText(leaf.path.slice(list.length + 1))}=${meaningKey(leaf.value)}`);
  return cells.toSorted().join('\n');
}
