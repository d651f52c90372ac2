import type { CellValue, Term } from '#lib/core/pages/page.ts';

/** A part of a document that has no layout of its own, in reading order. */
export type Block = { kind: 'line'; text: string } | TableBlock | { kind: 'break' };

export interface TableBlock {
  kind: 'table';
  rows: TableRow[];
}

export type TableRow = readonly TableCell[];

export interface TableCell {
  /** 0-based. */
  column: number;
  /** How many columns it goes over. */
  span: number;
  lines: readonly string[];
  /** What it holds, where its file says so in no one's notation. */
  typed?: CellValue;
  /** What it says in an electronic invoice. */
  term?: Term;
}

export const lineBlock = (text: string): Block => ({ kind: 'line', text });
export const linesOf = (texts: readonly string[]): Block[] => texts.map(lineBlock);

/** About so many characters make a page where the file has no page breaks. */
const pageCharacters = 3000;

/** Whether a person would see anything of it. */
export function isShown(block: Block): boolean {
  return block.kind === 'table' || (block.kind === 'line' && block.text.trim() !== '');
}

/** The texts of blocks, lines and cells in reading order. */
export function textsIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'table') return block.rows.flatMap((row) => row.flatMap(({ lines }) => lines));
    return block.kind === 'line' ? [block.text] : [];
  });
}

/**
 * Parts blocks into pages: at breaks, and at about 3,000 characters, never within a line or a table's row. A table that
 * continues on another page begins there with its first row again, when that names the columns. Pages without anything
 * to see are left out.
 */
export function paginate(blocks: readonly Block[]): Block[][] {
  const pages: Block[][] = [[]];
  let characters = 0;
  const add = (block: Block, size: number) => {
    pages.at(-1)?.push(block);
    characters += size + 1;
  };
  const startPage = () => {
    pages.push([]);
    characters = 0;
  };
  const isFull = (size: number) => characters > 0 && characters + size > pageCharacters;
  for (const block of blocks) {
    if (block.kind === 'break') startPage();
    else if (block.kind === 'line') {
      if (isFull(block.text.length)) startPage();
      add(block, block.text.length);
    } else {
      let rows: TableRow[] = [];
      for (const row of block.rows) {
        const size = sizeOf(row);
        if (isFull(size)) {
          startPage();
          rows = [];
        }
        if (rows.length === 0) {
          const [head] = block.rows;
          rows = head && head !== row && isHead(head) ? [head] : [];
          add({ kind: 'table', rows }, 0);
        }
        rows.push(row);
        characters += size + 1;
      }
    }
  }
  return pages.filter((page) => page.some(isShown));
}

/** Names, and no figure. */
function isHead(row: TableRow): boolean {
  return row.length > 1 && row.every(({ lines }) => !lines.some((line) => /\d/.test(line)));
}

function sizeOf(row: TableRow): number {
  return row.reduce((sum, { lines }) => sum + lines.join(' ').length + 1, 0);
}
