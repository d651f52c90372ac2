import type { ObjectField } from './field.ts';
import { isDecided, type Leaf, type Suggestion } from './leaf.ts';
import { listAt, renumber, rowOrder } from './list-rows.ts';
import { pathText, rowIndexAt } from './path.ts';

/** A scalar or list row of an account as it was kept. */
export interface KeptRow {
  path: string;
  rowId: string | null;
  leaves: Leaf[];
  /** As the engines gave it, when a person changed it; an empty list for a row that a person added. */
  extracted: Leaf[] | null;
  isDeleted: boolean;
}

/** A row of the next result. `rowId` is null for a scalar, and for a list row that was not there before. */
export interface CarriedRow extends KeptRow {
  isListRow: boolean;
}

interface NewRow {
  path: string;
  isListRow: boolean;
  leaves: Leaf[];
}

/**
 * What people did outranks machines: their decisions on the values of an account are carried over to a new result of it,
 * scalars by path, list rows by content. Where the new result says something that the person has not seen, it stands
 * beside their value as a suggestion. Rows keep their ids; rows that people added or changed and that the new result
 * lacks are kept, rows that they deleted stay deleted.
 */
export function carryOver(fields: ObjectField, before: readonly KeptRow[], rows: readonly NewRow[]): CarriedRow[] {
  const scalars = new Map(before.filter((row) => row.rowId === null).map((row) => [row.path, row]));
  const lists = Map.groupBy(
    before.filter((row) => row.rowId !== null),
    (row) => row.path,
  );
  const carried: CarriedRow[] = [];
  for (const row of rows) {
    if (row.isListRow) continue;
    carried.push(decide(scalars.get(row.path), row));
  }
  const newLists = Map.groupBy(
    rows.filter((row) => row.isListRow),
    (row) => row.path,
  );
  const listPaths = [...new Set([...newLists.keys(), ...lists.keys()])].filter((path) => listAt(fields, path));
  for (const path of listPaths) carried.push(...carryList(lists.get(path) ?? [], newLists.get(path) ?? []));
  // "No rows were found" is no longer true where a person added some.
  const filled = new Set(carried.filter((row) => row.isListRow && !row.isDeleted).map((row) => row.path));
  const kept = carried.filter((row) => row.isListRow || !filled.has(row.path));
  return renumberKept(inSchemaOrder(fields, kept));
}

function decide(before: KeptRow | undefined, row: NewRow): CarriedRow {
  const fresh = { ...row, rowId: before?.rowId ?? null, extracted: null, isDeleted: false };
  if (!before || (!before.leaves.some((leaf) => isDecided(leaf.state)) && !before.isDeleted)) return fresh;
  const leaves = row.leaves.map((leaf) => decideLeaf(before, leaf));
  return { ...fresh, leaves, extracted: row.leaves, isDeleted: before.isDeleted };
}

function decideLeaf(before: KeptRow, leaf: Leaf): Leaf {
  const column = columnOf(leaf);
  const old = before.leaves.find((one) => columnOf(one) === column);
  if (!old || !isDecided(old.state)) return leaf;
  if (old.state === 'confirmed' && leaf.value === old.value) return { ...leaf, state: 'confirmed', trust: 1 };
  const seen = before.extracted?.find((one) => columnOf(one) === column)?.value;
  const { path, label, type } = leaf;
  return { ...old, path, label, type, suggestion: suggestionOf(leaf, old, seen) };
}

/** News for the person: neither what they decided nor what they decided against. */
function suggestionOf({ value, raw, evidence }: Leaf, old: Leaf, seen: Leaf['value'] | undefined): Suggestion | null {
  if (value === null || value === old.value || value === seen) return old.suggestion ?? null;
  return { value, raw, evidence };
}

/** Where a leaf stands in its row, whatever the row's number. */
function columnOf({ path }: Leaf): string {
  return pathText(path.slice(rowIndexAt(path) + 1));
}

/** Rows of one list: matched one to one, then what people added or changed and no new row stands for. */
function carryList(before: readonly KeptRow[], rows: readonly NewRow[]): CarriedRow[] {
  const partners = matchRows(before, rows);
  const carried = rows.map((row, index): CarriedRow => {
    const partner = before.find((_, old) => partners.get(old) === index);
    return decide(partner, row);
  });
  let last = -1;
  const additions: { after: number; row: CarriedRow }[] = [];
  for (const [old, row] of before.entries()) {
    const partner = partners.get(old);
    if (partner !== undefined) last = partner;
    else if (!row.isDeleted && isTouched(row)) additions.push({ after: last, row: { ...row, isListRow: true } });
  }
  for (const { after, row } of additions.toReversed()) carried.splice(after + 1, 0, row);
  return carried;
}

function isTouched(row: KeptRow): boolean {
  return row.extracted !== null || row.leaves.some((leaf) => isDecided(leaf.state));
}

/** Which new row stands for which old one: first rows that are equal, then, for touched ones, the most alike. */
function matchRows(before: readonly KeptRow[], rows: readonly NewRow[]): Map<number, number> {
  const partners = new Map<number, number>();
  const free = new Map<string, number[]>();
  for (const [index, row] of rows.entries()) {
    const text = [...cellsOf(row.leaves)].join('\n');
    free.set(text, [...(free.get(text) ?? []), index]);
  }
  for (const [old, row] of before.entries()) {
    const match = free.get([...cellsOf(machineLeaves(row))].join('\n'))?.shift();
    if (match !== undefined) partners.set(old, match);
  }
  const left = new Set([...free.values()].flat());
  for (const [old, row] of before.entries()) {
    if (partners.has(old) || left.size === 0 || !(isTouched(row) || row.isDeleted)) continue;
    const best = mostAlike(row, old, rows, left);
    if (best === null) continue;
    partners.set(old, best);
    left.delete(best);
  }
  return partners;
}

/** What the engines said of a row; of a row that a person added, what the person said. */
function machineLeaves(row: KeptRow): readonly Leaf[] {
  return row.extracted && row.extracted.length > 0 ? row.extracted : row.leaves;
}

/** At least half of the cells must be equal; among equals the nearest by number. */
function mostAlike(row: KeptRow, old: number, rows: readonly NewRow[], left: ReadonlySet<number>): number | null {
  const cells = new Set(cellsOf(machineLeaves(row)));
  let best: { index: number; equal: number } | null = null;
  for (const index of left) {
    const other = rows[index];
    if (!other) continue;
    const equal = cellsOf(other.leaves).filter((cell) => cells.has(cell)).length;
    const isNearer = best !== null && equal === best.equal && Math.abs(index - old) < Math.abs(best.index - old);
    if (!best || equal > best.equal || isNearer) best = { index, equal };
  }
  return best && best.equal > 0 && best.equal * 2 >= cells.size ? best.index : null;
}

/** `column=value` of the cells that hold something, in column order. */
function cellsOf(leaves: readonly Leaf[]): string[] {
  const said = leaves.filter((leaf) => leaf.value !== null);
  return said.map((leaf) => `${columnOf(leaf)}=${JSON.stringify(leaf.value)}`).toSorted();
}

/** Lists go back to where the schema has them: rows were gathered scalars first. */
function inSchemaOrder(fields: ObjectField, rows: readonly CarriedRow[]): CarriedRow[] {
  const order = rowOrder(fields);
  const placeOf = (row: CarriedRow) => order.get(row.path) ?? order.size;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Deleted rows have no number of their own. */
function renumberKept(rows: readonly CarriedRow[]): CarriedRow[] {
  const numbered = renumber(rows.filter((row) => !row.isDeleted));
  let next = 0;
  return rows.map((row) => (row.isDeleted ? row : (numbered[next++] ?? row)));
}
