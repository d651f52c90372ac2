import type { Scalar } from './leaf.ts';

// Changes of a list as operations of `POST …/edits`. Pure: the grid of the review screen calls it.

/** A list as the grid shows it. Column keys are paths inside a row; that of a list of single values is empty. */
export interface Grid {
  documentId: string;
  accountIndex: number;
  path: string;
  columns: readonly { key: string; isNumber: boolean }[];
  rows: readonly { rowId: string; cells: ReadonlyMap<string, { id: string; value: Scalar | null }> }[];
}

export type GridOperation =
  | { op: 'set'; id: string; value: Scalar }
  | { op: 'absent'; id: string }
  | { op: 'delete_row'; row_id: string }
  | {
      op: 'insert_row';
      document_id: string;
      account_index: number;
      path: string;
      at?: number;
      values: Record<string, Scalar>;
    };

export function insertRow(grid: Grid, at: number, values: Record<string, Scalar> = {}): GridOperation {
  return {
    op: 'insert_row',
    document_id: grid.documentId,
    account_index: grid.accountIndex,
    path: grid.path,
    at,
    values,
  };
}

/** Rows of a spreadsheet: cells by tabs, rows by line breaks; cells in quotes may hold both. */
export function parseCells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const match of text.replace(/\r\n?/g, '\n').matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    const [whole, quoted, plain = '', end] = match;
    if (whole === '' && rows.at(-1)?.length === 0) break;
    rows.at(-1)?.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 0);
}

/** Pastes cells of a spreadsheet from a cell on, to the right and down; rows beyond the last are added. */
export function pasteInto(grid: Grid, row: number, column: number, text: string): GridOperation[] {
  return parseCells(text).flatMap((cells, down) => {
    const given = cells.flatMap((value, right) => {
      const key = grid.columns[column + right]?.key;
      return key === undefined ? [] : [{ key, value }];
    });
    const target = grid.rows[row + down];
    if (target) return given.flatMap(({ key, value }) => setCell(target, key, value));
    return [
      insertRow(
        grid,
        row + down,
        Object.fromEntries(given.flatMap(({ key, value }) => (value === '' ? [] : [[key, value]]))),
      ),
    ];
  });
}

/** Gives a cell the value of the one above. */
export function fillDown(grid: Grid, row: number, key: string): GridOperation[] {
  const value = grid.rows[row - 1]?.cells.get(key)?.value ?? null;
  const target = grid.rows[row];
  return target && value !== null ? setCell(target, key, value) : [];
}

/** Makes one row of a row and the next: texts are joined, of two numbers the first stays, gaps are filled. */
export function mergeWithNext(grid: Grid, row: number): GridOperation[] {
  const [first, second] = [grid.rows[row], grid.rows[row + 1]];
  if (!first || !second) return [];
  const sets = grid.columns.flatMap(({ key }) => {
    const [one, other] = [first.cells.get(key)?.value ?? null, second.cells.get(key)?.value ?? null];
    if (other === null || one === other) return [];
    if (one === null) return setCell(first, key, other);
    return typeof one === 'string' && typeof other === 'string' ? setCell(first, key, `${one} ${other}`) : [];
  });
  return [...sets, { op: 'delete_row', row_id: second.rowId }];
}

/** Cuts a text cell in two: the second part begins a row of its own below. */
export function splitRow(grid: Grid, row: number, key: string): GridOperation[] {
  const target = grid.rows[row];
  const value = target?.cells.get(key)?.value;
  if (!target || typeof value !== 'string') return [];
  const match = /^(?<first>.+?)(?:\s*\n\s*|\s*[;|]\s*|,\s+|\s{2,})(?<rest>.+)$/s.exec(value) ?? halves(value);
  if (!match?.groups) return [];
  const { first = '', rest = '' } = match.groups;
  return [...setCell(target, key, first), insertRow(grid, row + 1, { [key]: rest })];
}

/** Nothing in it says where to cut: in the middle, between words. */
function halves(value: string): { groups?: { first?: string; rest?: string } } | null {
  const words = value.trim().split(/\s+/);
  if (words.length < 2) return null;
  const middle = Math.ceil(words.length / 2);
  return { groups: { first: words.slice(0, middle).join(' '), rest: words.slice(middle).join(' ') } };
}

function setCell(row: Grid['rows'][number], key: string, value: Scalar): GridOperation[] {
  const cell = row.cells.get(key);
  if (!cell || cell.value === value) return [];
  return [value === '' ? { op: 'absent', id: cell.id } : { op: 'set', id: cell.id, value }];
}
