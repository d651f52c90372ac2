import type { Scalar } from '#lib/core/fields/path.ts';

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
      id?: string;
      row_id?: string;
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
  const lines = text.replace(/\r\n?/g, '\n');
  const closing = closingQuotes(lines);
  const rows: string[][] = [[]];
  for (let start = 0; start < lines.length || rows.at(-1)?.length;) {
    const quote = lines[start] === '"' ? closing.get(lines.indexOf('"', start + 1)) : undefined;
    const end = quote === undefined ? endOfCell(lines, start) : quote + 1;
    const plain = lines.slice(start, end).trim();
    rows.at(-1)?.push(quote === undefined ? plain : lines.slice(start + 1, quote).replaceAll('""', '"'));
    if (end >= lines.length) break;
    if (lines[end] === '\n') rows.push([]);
    start = end + 1;
  }
  return rows.filter((row) => row.length > 0);
}

function endOfCell(text: string, start: number): number {
  const end = /[\t\n]/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}

/**
 * For every quotation mark that a quoted cell may come to, the one that closes the cell: the first that is not doubled,
 * if the cell ends there. From the end, so that many marks that nothing closes are looked at only once.
 */
function closingQuotes(text: string): Map<number, number> {
  const quotes = [...text.matchAll(/"/g)].map(({ index }) => index);
  const closing = new Map<number, number>();
  for (let at = quotes.length - 1; at >= 0; at--) {
    const quote = quotes[at] ?? 0;
    const isDoubled = quotes[at + 1] === quote + 1;
    const end = isDoubled ? closing.get(quotes[at + 2] ?? -1) : /^[\t\n]?$/.test(text.charAt(quote + 1)) && quote;
    if (typeof end === 'number') closing.set(quote, end);
  }
  return closing;
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
  const [first = '', rest = ''] = partsOf(value.trim());
  return rest === '' ? [] : [...setCell(target, key, first), insertRow(grid, row + 1, { [key]: rest })];
}

/** At the first line break, semicolon, bar, comma or gap; where there is none, in the middle between words. */
function partsOf(text: string): string[] {
  for (const { 0: separator, index } of text.matchAll(/[\n;|]|,\s|\s{2}/g)) {
    const rest = text.slice(index + separator.length).trim();
    if (index > 0 && rest !== '') return [text.slice(0, index).trim(), rest];
  }
  const words = text.split(/\s+/);
  const middle = Math.ceil(words.length / 2);
  return [words.slice(0, middle).join(' '), words.slice(middle).join(' ')];
}

function setCell(row: Grid['rows'][number], key: string, value: Scalar): GridOperation[] {
  const cell = row.cells.get(key);
  if (!cell || cell.value === value) return [];
  return [value === '' ? { op: 'absent', id: cell.id } : { op: 'set', id: cell.id, value }];
}
