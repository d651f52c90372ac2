import type { CellValue, Term } from '#lib/core/pages/page.ts';
import type { TableBlock, TableCell } from './blocks.ts';

/** A text at a place of an even grid of characters. */
export interface PlacedText {
  /** 0-based, as is `column`. */
  row: number;
  column: number;
  text: string;
  /** What the whole of it holds. */
  typed?: CellValue | undefined;
  term?: Term | undefined;
}

/** Spaces between two columns. */
const gap = 3;
const maxWidth = 40;
const minWidth = 8;
/** All columns together, unless there are many. */
const usualWidth = 200;

/** A table as printed, cell by cell: each below the others of its column, its text wrapped to the column's width. */
export function layTable({ rows }: TableBlock): { parts: PlacedText[]; height: number } {
  const count = Math.max(0, ...rows.flat().map(({ column, span }) => column + span));
  const most = Math.min(maxWidth, Math.max(minWidth, Math.floor(usualWidth / Math.max(count, 1))));
  const widths = Array.from({ length: count }, (_, column) => widthOf(rows.flat(), column, most));
  const starts = [0];
  for (const width of widths) starts.push((starts.at(-1) ?? 0) + width + gap);
  let height = 0;
  const parts = rows.flatMap((row) => {
    const from = height;
    const cells = row.map(({ column, span, lines, typed, term }) => {
      const start = starts[column] ?? 0;
      const width = Math.max(1, (starts[column + span] ?? start + most + gap) - start - gap);
      return lines
        .flatMap((line) => wrapLine(line, width))
        .map((text, place) => ({ row: from + place, column: start, text, typed, term }));
    });
    height += Math.max(0, ...cells.map((lines) => lines.length));
    return cells.flat();
  });
  return { parts, height };
}

/** As wide as its longest line, no wider than `most`, unless one word is. */
function widthOf(cells: readonly TableCell[], column: number, most: number): number {
  const own = cells.filter((cell) => cell.column === column && cell.span === 1).flatMap(({ lines }) => lines);
  const longest = Math.max(1, ...own.map((line) => line.length));
  const word = Math.max(1, ...own.flatMap((line) => line.split(' ').map((part) => part.length)));
  return Math.max(Math.min(longest, most), Math.min(word, usualWidth));
}

/** A line in rows of at most `width` characters, broken between words where that is possible. */
export function wrapLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(/(?<=\s)/)) {
    if (row.length + word.trimEnd().length > width && row !== '') {
      rows.push(row.trimEnd());
      row = '';
    }
    row += word;
    while (row.length > width && row.trimEnd().length > width) {
      rows.push(row.slice(0, width));
      row = row.slice(width);
    }
  }
  return row.trim() === '' ? rows : [...rows, row.trimEnd()];
}
