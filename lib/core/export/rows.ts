import type { Value } from '#lib/core/values/value.ts';
import { type Path, pathText } from '#lib/core/fields/path.ts';
import { type Cell, countCell, textCell, valueCell } from './cell.ts';
import type { Table } from './columns.ts';
import type { ExportedAccount, ExportedSession } from './input.ts';

/** The rows of an account for each table, by the table's key, in the order of `headingOf`. */
export type Rows = Map<string, Cell[][]>;

interface Row {
  table: Table;
  /** Where it stands in each list around it, from 0. */
  indices: number[];
  /** By column. */
  cells: Map<string, Cell>;
  joined: Map<string, (string | null)[]>;
}

/**
 * Makes the rows of one account. Every value has its place; one that no table knows is given to `onStray`, so that it is
 * told instead of lost.
 */
export function rowsOf(
  tables: readonly Table[],
  { session, account, needsAttention }: { session: ExportedSession; account: ExportedAccount; needsAttention: number },
  onStray: (leaf: Value) => void,
): Rows {
  const places = placesOf(tables);
  const found = new Map<string, Row>();
  for (const table of tables) if (table.depth === 0) rowAt(found, table, []);
  for (const leaf of account.leaves) {
    if (leaf.type === 'list') continue;
    const place = places.get(keyOf(leaf.path));
    const numbers = leaf.path.filter((step) => typeof step === 'number');
    if (!place || numbers.length !== place.table.depth + (place.isJoined ? 1 : 0)) onStray(leaf);
    else put(rowAt(found, place.table, numbers.slice(0, place.table.depth)), place, leaf);
  }
  const rows: Rows = new Map(tables.map((table) => [table.key, []]));
  for (const row of found.values()) {
    const front = frontOf(session, account, row.table.depth === 0 ? needsAttention : null);
    const fields = row.table.columns.map(({ key, isJoined }) =>
      isJoined ? joinedCell(row.joined.get(key) ?? []) : (row.cells.get(key) ?? null),
    );
    const numbers = row.indices.map((index) => countCell(index + 1));
    rows
      .get(row.table.key)
      ?.push([...front, ...numbers, ...fields, textCell(session.id), textCell(account.document_id)]);
  }
  return rows;
}

interface ColumnPlace {
  table: Table;
  key: string;
  isJoined: boolean;
}

function placesOf(tables: readonly Table[]): Map<string, ColumnPlace> {
  return new Map(
    tables.flatMap((table) => table.columns.map(({ key, isJoined }) => [key, { table, key, isJoined }] as const)),
  );
}

/** The key of the column for a value: `['Payments', 2, 'Amount']` as `Payments.Amount`. */
function keyOf(path: Path): string {
  return pathText(path.filter((step) => typeof step === 'string'));
}

function rowAt(found: Map<string, Row>, table: Table, indices: number[]): Row {
  const id = `${table.key}\n${indices.join(' ')}`;
  const row = found.get(id) ?? { table, indices, cells: new Map(), joined: new Map() };
  found.set(id, row);
  return row;
}

function put(row: Row, { key, isJoined }: ColumnPlace, leaf: Value): void {
  if (!isJoined) {
    row.cells.set(key, valueCell(leaf));
    return;
  }
  const values = row.joined.get(key) ?? [];
  values.push(leaf.value === null ? null : String(leaf.value));
  row.joined.set(key, values);
}

/**
 * Single values of a list in one cell: `Maria Alvarez; John Doe`. As a JSON array where that could be read in two ways, so
 * that a program always gets them back: an array when it starts with `[`, else split at `; `.
 */
function joinedCell(values: readonly (string | null)[]): Cell {
  if (values.length === 0) return null;
  const isPlain = values.every((value) => value !== null && value !== '' && !value.includes(';') && value[0] !== '[');
  return textCell(isPlain ? values.join('; ') : JSON.stringify(values));
}

/** `needsAttention` only for rows of accounts, which say their status and pages as well. */
function frontOf(session: ExportedSession, account: ExportedAccount, needsAttention: number | null): Cell[] {
  const document = session.documents.find(({ id }) => id === account.document_id);
  const [name, about] = [textCell(session.name), textCell(document?.name ?? null)];
  const number = [countCell(account.account_index + 1), textCell(account.account_number)];
  if (needsAttention === null) return [name, about, ...number];
  return [
    name,
    textCell(session.status),
    about,
    ...number,
    textCell(pagesText(account.pages)),
    countCell(needsAttention),
  ];
}

/** 0-based page numbers as people say them: `1–3, 7`. */
function pagesText(pages: readonly number[]): string {
  const parts: { from: number; to: number }[] = [];
  for (const page of pages) {
    const last = parts.at(-1);
    if (last && page === last.to + 1) last.to = page;
    else parts.push({ from: page, to: page });
  }
  return parts.map(({ from, to }) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`)).join(', ');
}
