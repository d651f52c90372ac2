import type { Box, CellValue, Page, Word } from '#lib/core/pages/page.ts';

/** A worksheet's cell as the user sees it. */
export interface Cell {
  /** 0-based. */
  row: number;
  column: number;
  text: string;
  /** How many columns it goes over, where cells are merged. */
  span?: number;
  /** What it holds, where that is no text. */
  typed?: CellValue;
}

const rowsPerPage = 200;
const maxColumnWidth = 60;

export interface GridPart {
  title: string;
  rows: Cell[][];
}

/** Titles, addresses and notes may stand above a table. */
const headerWithin = 100;

/** Parts the rows of a sheet into pages of up to 200, each beginning with the sheet's header. */
export function paginateRows(title: string, rows: readonly Cell[][]): GridPart[] {
  if (rows.length === 0) return [];
  const headerAt = findHeader(rows);
  const header = rows.slice(headerAt, headerAt + 1);
  const parts: GridPart[] = [{ title, rows: rows.slice(0, rowsPerPage) }];
  for (let from = rowsPerPage; from < rows.length; from += rowsPerPage - 1) {
    parts.push({ title, rows: [...header, ...rows.slice(from, from + rowsPerPage - 1)] });
  }
  return parts;
}

/**
 * The row that names the columns: of the first rows the one with the most names, all of them text, over a row that holds
 * a number or date. The first row where none is such.
 */
function findHeader(rows: readonly Cell[][]): number {
  let best = { index: 0, names: 1 };
  for (const [index, row] of rows.slice(0, headerWithin).entries()) {
    const next = rows[index + 1];
    const isNames = row.every((cell) => !isFigure(cell.text));
    if (isNames && row.length > best.names && next?.some((cell) => isFigure(cell.text)))
      best = { index, names: row.length };
  }
  return best.index;
}

/** A number, an amount, a percentage, a date: more digits than letters. */
function isFigure(text: string): boolean {
  const digits = text.match(/\d/g)?.length ?? 0;
  return digits > 0 && digits >= (text.match(/\p{L}/gu)?.length ?? 0);
}

/** Lays cells out on an even grid of the columns and rows in use, so that a screen can point at each. */
export function gridPage(pageNum: number, { title, rows }: GridPart): Page {
  const columns = [...new Set(rows.flatMap((row) => row.map((cell) => cell.column)))].toSorted((a, b) => a - b);
  const place = new Map(columns.map((column, index) => [column, index]));
  const [width, height] = [1 / Math.max(columns.length, 1), 1 / Math.max(rows.length, 1)];
  const words = rows.flatMap((row, index) =>
    row.flatMap((cell) =>
      wordsOfCell(cell, {
        x: (place.get(cell.column) ?? 0) * width,
        y: index * height,
        width: width * spannedColumns(cell, columns),
        height,
      }),
    ),
  );
  const table = rows.map((row) =>
    columns.map((column) => oneLine(row.find((cell) => cell.column === column)?.text ?? '')),
  );
  return {
    pageNum,
    kind: 'sheet',
    source: 'text',
    width: columns.length * 100 || 100,
    height: rows.length * 20 || 20,
    title,
    words,
    text: table.map((row) => row.join('\t').trimEnd()).join('\n'),
    layout: alignColumns(table),
  };
}

/** Of the columns in use: empty ones are not laid out. */
function spannedColumns({ column, span = 1 }: Cell, columns: readonly number[]): number {
  return columns.filter((one) => one >= column && one < column + span).length;
}

function wordsOfCell({ text, typed }: Cell, box: Box): Word[] {
  const length = Math.max(text.length, 1);
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x: box.x + (match.index / length) * box.width,
    y: box.y,
    width: (match[0].length / length) * box.width,
    height: box.height,
    confidence: null,
    ...(typed ? { typed } : {}),
  }));
}

function alignColumns(table: string[][]): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.min(maxColumnWidth, Math.max(...table.map((row) => row[column]?.length ?? 0))),
  );
  return table
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
