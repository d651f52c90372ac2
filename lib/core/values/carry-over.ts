import type { ObjectField } from '../fields/field.ts';
import { isDecided, type Value, type Suggestion } from './value.ts';
import { listAt, renumber, rowOrder } from './list-rows.ts';
import { columnOf, isDecision, isTakenBack, type KeptRow, matchRows, type NewRow } from './match-rows.ts';

/** A row of the next result. `rowId` is null for a scalar, and for a list row that was not there before. */
export interface CarriedRow extends KeptRow {
  isListRow: boolean;
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
    before.filter((row) => row.rowId !== null && !isTakenBack(row)),
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
  const listPaths = new Set([...newLists.keys(), ...[...lists.keys()].filter((path) => listAt(fields, path))]);
  for (const path of listPaths) carried.push(...carryList(lists.get(path) ?? [], newLists.get(path) ?? []));
  // "No rows were found" is no longer true where a person added some; it is again when they delete them.
  const filled = new Set(carried.filter((row) => row.isListRow && !row.isDeleted).map((row) => row.path));
  const shown = carried.map((row) => (!row.isListRow && filled.has(row.path) ? { ...row, isDeleted: true } : row));
  return renumberKept(inSchemaOrder(fields, shown));
}

/** The decided rows that a new result has no field for: `carryOver` leaves them out. */
export function rowsWithoutField(fields: ObjectField, before: readonly KeptRow[], rows: readonly NewRow[]): KeptRow[] {
  const scalars = new Set(rows.filter((row) => !row.isListRow).map((row) => row.path));
  const hasField = ({ path, rowId }: KeptRow) => (rowId === null ? scalars.has(path) : listAt(fields, path) !== null);
  return before.filter((row) => isDecision(row) && !hasField(row));
}

function decide(before: KeptRow | undefined, row: NewRow): CarriedRow {
  const fresh = { ...row, rowId: before?.rowId ?? null, extracted: null, isDeleted: false };
  // People delete rows of lists only.
  const isDeleted = before?.isDeleted === true && before.rowId !== null;
  if (!before || !(isDeleted || before.leaves.some((leaf) => isDecided(leaf.state)))) return fresh;
  const leaves = row.leaves.map((leaf) => decideValue(before, leaf));
  return { ...fresh, leaves, extracted: row.leaves, isDeleted };
}

function decideValue(before: KeptRow, leaf: Value): Value {
  const column = columnOf(leaf);
  const old = before.leaves.find((one) => columnOf(one) === column);
  if (!old || !isDecided(old.state)) return leaf;
  if (old.state === 'confirmed' && leaf.value === old.value) return { ...leaf, state: 'confirmed', trust: 1 };
  const seen = before.extracted?.find((one) => columnOf(one) === column)?.value;
  const { path, label, type } = leaf;
  return { ...old, path, label, type, suggestion: suggestionOf(leaf, old, seen) };
}

/** News for the person: neither what they decided nor what they decided against. */
function suggestionOf(
  { value, raw, evidence }: Value,
  old: Value,
  seen: Value['value'] | undefined,
): Suggestion | null {
  if (value === null || value === old.value || value === seen) return old.suggestion ?? null;
  return { value, raw, evidence };
}

/** Rows of one list: matched one to one, then what people added or changed and no new row stands for. */
function carryList(before: readonly KeptRow[], rows: readonly NewRow[]): CarriedRow[] {
  const partners = matchRows(before, rows);
  const olds = new Map([...partners].map(([old, index]) => [index, old]));
  const carried = rows.map((row, index): CarriedRow => decide(before[olds.get(index) ?? -1], row));
  let last = -1;
  const additions: { after: number; row: CarriedRow }[] = [];
  for (const [old, row] of before.entries()) {
    const partner = partners.get(old);
    if (partner !== undefined) last = partner;
    else if (isDecision(row)) additions.push({ after: last, row: { ...row, isListRow: true } });
  }
  for (const { after, row } of additions.toReversed()) carried.splice(after + 1, 0, row);
  return carried;
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
