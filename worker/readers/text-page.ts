import type { Page, Word } from '#lib/core/pages/page.ts';
import type { Block, TableRow } from './blocks.ts';
import { layTable, type PlacedText, wrapLine } from './table-layout.ts';

/** Text without a layout of its own is laid out on pages of this many columns; a wide table takes more. */
const minColumns = 100;
/** A page that is nearly empty keeps lines of a usual height. */
const minRows = 50;

/**
 * Lays blocks out on an even grid, so that every word has a box, and a table's cells stand below each other. Words are in
 * the order of `text`, which has a table's row on one line, its cells parted by tabs: screens link one with the other.
 */
export function textPage(pageNum: number, blocks: readonly Block[], title: string | null = null): Page {
  const { parts, height } = place(blocks);
  const columns = Math.max(minColumns, ...parts.map(({ column, text }) => column + text.length));
  const rows = Math.max(height, minRows);
  return {
    pageNum,
    kind: 'text',
    source: 'text',
    width: columns * 6,
    height: rows * 12,
    title,
    words: parts.flatMap((part) => wordsOf(part, columns, rows)),
    text: blocks.flatMap(textsOf).join('\n').trim(),
    layout: printed(parts, height),
  };
}

/** The blocks below each other, an empty row around a table: what follows it is not its last row. */
function place(blocks: readonly Block[]): { parts: PlacedText[]; height: number } {
  let height = 0;
  const parts = blocks.flatMap((block) => {
    const from = height + (block.kind === 'table' ? 1 : 0);
    const laid = layBlock(block);
    height = from + laid.height + (block.kind === 'table' ? 1 : 0);
    return laid.parts.map((part) => ({ ...part, row: part.row + from }));
  });
  return { parts, height };
}

function layBlock(block: Block): { parts: PlacedText[]; height: number } {
  if (block.kind === 'break') return { parts: [], height: 0 };
  if (block.kind === 'table') return layTable(block);
  const lines = wrapLine(block.text.replaceAll('\t', '    '), minColumns);
  return { parts: lines.map((text, row) => ({ row, column: 0, text })), height: lines.length };
}

function wordsOf({ row, column, text, typed, term }: PlacedText, columns: number, rows: number): Word[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x: (column + match.index) / columns,
    y: row / rows,
    width: match[0].length / columns,
    height: 1 / rows,
    confidence: null,
    ...(typed ? { typed } : {}),
    ...(term ? { term } : {}),
  }));
}

function printed(parts: readonly PlacedText[], height: number): string {
  const byRow = Map.groupBy(parts, ({ row }) => row);
  const lines = Array.from({ length: height }, (_, row) => {
    const sorted = (byRow.get(row) ?? []).toSorted((a, b) => a.column - b.column);
    return sorted.reduce((line, { column, text }) => line.padEnd(column) + text, '').trimEnd();
  });
  return lines.join('\n').trimEnd();
}

function textsOf(block: Block): string[] {
  if (block.kind === 'line') return [block.text];
  return block.kind === 'table' ? block.rows.map(rowText) : [];
}

/** A cell for each column, also where there is none. */
function rowText(row: TableRow): string {
  const cells: string[] = [];
  for (const { column, span, lines } of row) {
    cells[column] = lines.join(' ');
    cells.length = Math.max(cells.length, column + span);
  }
  return Array.from(cells, (cell) => cell ?? '').join('\t');
}
