import type { Page, Word } from '#lib/extraction/page.ts';

/** A worksheet's cell as the user sees it. */
export interface Cell {
  /** 0-based. */
  row: number;
  column: number;
  text: string;
}

const rowsPerPage = 200;
const widestColumn = 60;

export interface GridPart {
  title: string;
  rows: Cell[][];
}

/** Parts the rows of a sheet into pages of up to 200, each beginning with the sheet's header. */
export function paginateRows(title: string, rows: readonly Cell[][]): GridPart[] {
  const [header, ...body] = rows;
  if (!header) return [];
  const parts: GridPart[] = [];
  for (let from = 0; from === 0 || from < body.length; from += rowsPerPage - 1) {
    parts.push({ title, rows: [header, ...body.slice(from, from + rowsPerPage - 1)] });
  }
  return parts;
}

/** Lays cells out on an even grid of the columns and rows in use, so that a screen can point at each. */
export function gridPage(pageNum: number, { title, rows }: GridPart): Page {
  const columns = [...new Set(rows.flatMap((row) => row.map((cell) => cell.column)))].toSorted((a, b) => a - b);
  const place = new Map(columns.map((column, index) => [column, index]));
  const [width, height] = [1 / Math.max(columns.length, 1), 1 / Math.max(rows.length, 1)];
  const words = rows.flatMap((row, index) =>
    row.flatMap((cell) =>
      wordsOfCell(cell.text, { x: (place.get(cell.column) ?? 0) * width, y: index * height, width, height }),
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

function wordsOfCell(text: string, cell: { x: number; y: number; width: number; height: number }): Word[] {
  const length = Math.max(text.length, 1);
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x: cell.x + (match.index / length) * cell.width,
    y: cell.y,
    width: (match[0].length / length) * cell.width,
    height: cell.height,
    confidence: null,
  }));
}

function alignColumns(table: string[][]): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.min(widestColumn, Math.max(...table.map((row) => row[column]?.length ?? 0))),
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
