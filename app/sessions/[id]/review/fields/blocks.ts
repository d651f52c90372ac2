import type { AccountView, ValueView } from '#lib/core/contract/results.ts';
import type { ListShape } from './list-shapes.ts';
import { labelOf } from '#lib/core/fields/label.ts';
import { type Path, parsePath, pathText, rowIndexAt } from '#lib/core/fields/path.ts';

/** A part of an account as it is read: a value, several of one field, or the rows of a list. */
export type Block =
  | { kind: 'value'; label: string; field: ValueView }
  | { kind: 'values'; label: string; path: string; fields: ValueView[] }
  | { kind: 'rows'; label: string; path: string; columns: Column[]; rows: Row[] };

export interface Column {
  /** The path inside a row. */
  key: string;
  label: string;
  isNumber: boolean;
}

export interface Row {
  id: string;
  /** From 1, as rules name rows. */
  number: number;
  cells: Map<string, ValueView>;
}

/** An account's values as blocks, in the schema's order; lists without a row come last. */
export function toBlocks({ fields }: Pick<AccountView, 'fields'>, shapes: readonly ListShape[]): Block[] {
  const placed = fields.map((field): PlacedField => ({ field, path: parsePath(field.path) ?? [field.path] }));
  const lists = Map.groupBy(
    placed.filter(({ path }) => rowIndexAt(path) >= 0),
    ({ path }) => pathText(listOf(path)),
  );
  const blocks: Block[] = [];
  const shapeOf = (list: string) => shapes.find(({ path }) => path === list);
  const shown = new Set(lists.keys());
  for (const { field, path } of placed) {
    const list = pathText(listOf(path));
    // What stands for a list without rows is a reason to look at it, and a place for the first row.
    if (rowIndexAt(path) < 0) blocks.push({ kind: 'value', label: labelFor(path, field.label), field });
    const members = lists.get(list);
    if (!members) continue;
    lists.delete(list);
    blocks.push(toList(listOf(path), members, shapeOf(list)));
  }
  const empty = shapes.filter(({ path }) => !shown.has(path));
  return [...blocks, ...empty.map(emptyList)];
}

function emptyList({ path, label, columns }: ListShape): Block {
  if (columns.length === 1 && columns[0]?.key === '') return { kind: 'values', label, path, fields: [] };
  return { kind: 'rows', label, path, columns: columns.map(toColumn), rows: [] };
}

const toColumn = ({ key, label, type }: ListShape['columns'][number]): Column => ({
  key,
  label,
  isNumber: ['number', 'integer', 'currency'].includes(type),
});

interface PlacedField {
  field: ValueView;
  path: Path;
}

/** A value outside lists is its own list of one. */
function listOf(path: Path): Path {
  const at = rowIndexAt(path);
  return at < 0 ? path : path.slice(0, at);
}

function toList(list: Path, members: PlacedField[], shape: ListShape | undefined): Block {
  const [label, path] = [labelOf(String(list.at(-1))), pathText(list)];
  const isPlain = members.every((member) => typeof member.path.at(-1) === 'number');
  if (isPlain) return { kind: 'values', label, path, fields: members.map(({ field }) => field) };
  const columns = new Map((shape?.columns ?? []).map((column) => [column.key, toColumn(column)]));
  const rows = new Map<string, Row>();
  for (const { field, path: at } of members) {
    const key = pathText(at.slice(list.length + 1));
    const rowId = field.row_id ?? pathText(at.slice(0, list.length + 1));
    if (!columns.has(key)) columns.set(key, toColumn({ key, label: field.label, type: field.type }));
    const row = rows.get(rowId) ?? { id: rowId, number: rows.size + 1, cells: new Map() };
    row.cells.set(key, field);
    rows.set(rowId, row);
  }
  return { kind: 'rows', label, path, columns: [...columns.values()], rows: [...rows.values()] };
}

/** With the names of what it is part of: `Seller · Name`. */
function labelFor(path: Path, label: string): string {
  return [...path.slice(0, -1).map((step) => labelOf(String(step))), label].join(' · ');
}
