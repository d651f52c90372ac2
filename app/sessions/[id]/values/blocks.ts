import { labelOf } from '#lib/extraction/label.ts';
import type { AccountView, FieldView } from '#lib/results/get.ts';

/** A part of an account as it is read: a value, several of one field, or the rows of a list. */
export type Block =
  | { kind: 'value'; label: string; field: FieldView }
  | { kind: 'values'; label: string; path: string; fields: FieldView[] }
  | { kind: 'rows'; label: string; path: string; columns: Column[]; rows: Row[] }
  | { kind: 'nothing'; label: string; path: string };

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
  cells: Map<string, FieldView>;
}

/** An account's values as blocks, in the schema's order. */
export function toBlocks({ fields, data }: AccountView): Block[] {
  const lists = Map.groupBy(
    fields.filter(({ path }) => path.includes('[')),
    ({ path }) => path.slice(0, path.indexOf('[')),
  );
  const blocks: Block[] = [];
  for (const field of fields) {
    const list = field.path.split('[')[0] ?? '';
    if (!field.path.includes('[')) blocks.push({ kind: 'value', label: labelFor(field), field });
    const members = lists.get(list);
    if (!members) continue;
    lists.delete(list);
    blocks.push(toList(list, members));
  }
  const empty = Object.entries(data).filter(([, value]) => Array.isArray(value) && value.length === 0);
  return [...blocks, ...empty.map(([name]): Block => ({ kind: 'nothing', label: labelOf(name), path: name }))];
}

function toList(list: string, members: FieldView[]): Block {
  const label = labelOf(list.split('.').at(-1) ?? list);
  const isPlain = members.every(({ path }) => path.endsWith(']'));
  if (isPlain) return { kind: 'values', label, path: list, fields: members };
  const columns = new Map<string, Column>();
  const rows = new Map<string, Row>();
  for (const field of members) {
    const end = field.path.indexOf(']');
    const key = field.path.slice(end + 2);
    const rowId = field.row_id ?? field.path.slice(0, end);
    if (!columns.has(key))
      columns.set(key, { key, label: field.label, isNumber: ['number', 'integer', 'currency'].includes(field.type) });
    const row = rows.get(rowId) ?? { id: rowId, number: rows.size + 1, cells: new Map() };
    row.cells.set(key, field);
    rows.set(rowId, row);
  }
  return { kind: 'rows', label, path: list, columns: [...columns.values()], rows: [...rows.values()] };
}

/** With the names of what it is part of: `Seller · Name`. */
function labelFor({ path, label }: FieldView): string {
  return [...path.split('.').slice(0, -1).map(labelOf), label].join(' · ');
}
