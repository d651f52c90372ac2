import { isDecided, type Value } from './value.ts';
import { pathText, rowIndexAt } from '../fields/path.ts';

/** A scalar or list row of an account as it was kept. */
export interface KeptRow {
  path: string;
  rowId: string | null;
  leaves: Value[];
  /** As the engines gave it, when a person changed it; an empty list for a row that a person added. */
  extracted: Value[] | null;
  isDeleted: boolean;
}

/** A scalar or list row of a new result. */
export interface NewRow {
  path: string;
  isListRow: boolean;
  leaves: Value[];
}

/** Whether a person decided something on a row. */
export function isDecision(row: KeptRow): boolean {
  return !isTakenBack(row) && (isTouched(row) || (row.isDeleted && row.rowId !== null));
}

/** A row that a person added and took away again says nothing. */
export function isTakenBack({ isDeleted, extracted }: KeptRow): boolean {
  return isDeleted && extracted?.length === 0;
}

function isTouched(row: KeptRow): boolean {
  return row.extracted !== null || row.leaves.some((leaf) => isDecided(leaf.state));
}

/** Which new row stands for which old one: first rows that are equal, then, for touched ones, the most alike. */
export function matchRows(before: readonly KeptRow[], rows: readonly NewRow[]): Map<number, number> {
  const partners = new Map<number, number>();
  const equals = Map.groupBy(before.keys(), (old) => textOf(before[old] ? machineLeaves(before[old]) : []));
  const left = new Set(rows.keys());
  for (const [text, found] of Map.groupBy(rows.keys(), (index) => textOf(rows[index]?.leaves ?? []))) {
    for (const [place, old] of likeliest(before, equals.get(text) ?? [], found.length).entries()) {
      const index = found[place];
      if (index === undefined) continue;
      partners.set(old, index);
      left.delete(index);
    }
  }
  const withCell = indexCells(rows, left);
  for (const [old, row] of before.entries()) {
    if (partners.has(old) || left.size === 0 || !isDecision(row)) continue;
    const best = mostAlike(row, old, withCell, left);
    if (best === null) continue;
    partners.set(old, best);
    left.delete(best);
  }
  return partners;
}

/**
 * Of equal old rows those that as many new ones stand for, in their order. Where there are fewer than before, a row that
 * someone added was never among what was read, and one that they deleted may be what is no longer read twice.
 */
function likeliest(before: readonly KeptRow[], equal: readonly number[], count: number): number[] {
  const rank = (old: number) => {
    const row = before[old];
    if (!row || row.isDeleted) return 3;
    if (row.extracted?.length === 0) return 2;
    return isTouched(row) ? 0 : 1;
  };
  const chosen = equal.length > count ? equal.toSorted((a, b) => rank(a) - rank(b)).slice(0, count) : equal;
  return chosen.toSorted((a, b) => a - b);
}

/** What the engines said of a row; of a row that a person added, what the person said. */
export function machineLeaves(row: KeptRow): readonly Value[] {
  return row.extracted && row.extracted.length > 0 ? row.extracted : row.leaves;
}

/** The rows that have a cell, by what it says. */
function indexCells(rows: readonly NewRow[], left: ReadonlySet<number>): ReadonlyMap<string, readonly number[]> {
  const withCell = new Map<string, number[]>();
  for (const index of left) {
    for (const cell of cellsOf(rows[index]?.leaves ?? [])) {
      const found = withCell.get(cell) ?? [];
      found.push(index);
      withCell.set(cell, found);
    }
  }
  return withCell;
}

/** At least half of the cells must be equal, for a deleted row more than half; among equals the nearest by number. */
function mostAlike(
  row: KeptRow,
  old: number,
  withCell: ReadonlyMap<string, readonly number[]>,
  left: ReadonlySet<number>,
): number | null {
  const cells = new Set(cellsOf(machineLeaves(row)));
  const counts = new Map<number, number>();
  for (const cell of cells) {
    for (const index of withCell.get(cell) ?? []) if (left.has(index)) counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  let best: { index: number; equal: number } | null = null;
  for (const [index, equal] of counts) {
    if (!best || equal > best.equal || (equal === best.equal && isNearer(index, best.index, old))) {
      best = { index, equal };
    }
  }
  // To delete the wrong row goes unseen.
  const least = row.isDeleted ? cells.size / 2 + 0.5 : Math.max(cells.size / 2, 1);
  return best && best.equal >= least ? best.index : null;
}

/** Whether a row is nearer to a number than another one; of two as near, the one above is. */
function isNearer(index: number, other: number, to: number): boolean {
  const [distance, otherDistance] = [Math.abs(index - to), Math.abs(other - to)];
  return distance < otherDistance || (distance === otherDistance && index < other);
}

function textOf(leaves: readonly Value[]): string {
  return cellsOf(leaves).join('\n');
}

/** `column=value` of the cells that hold something, in column order. */
function cellsOf(leaves: readonly Value[]): string[] {
  const said = leaves.filter((leaf) => leaf.value !== null);
  return said.map((leaf) => `${columnOf(leaf)}=${JSON.stringify(leaf.value)}`).toSorted();
}

/** Where a leaf stands in its row, whatever the row's number. */
export function columnOf({ path }: Value): string {
  return pathText(path.slice(rowIndexAt(path) + 1));
}
