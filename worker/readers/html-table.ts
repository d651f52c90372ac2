import type { Block, TableCell } from './blocks.ts';
import { childrenOf, type Element, isElement, type Node } from './markup.ts';
import { isHidden } from './html-shown.ts';

/** What nodes show, in order. */
type BlocksOf = (nodes: readonly Node[], place: { isInCell: boolean }) => Block[];

/** HTML allows more; nothing that people make has them. */
const maxSpan = 1000;
const maxColumns = 1000;

/** What a cell that stands beside others holds at most when it is arranged by a table of its own. */
const maxStackedLines = 3;

/**
 * What a table shows. Cells that go over several rows are part of each of them. A table that only arranges things (others
 * are inside it, or it has a single column) is read cell by cell, so that nothing in it is lost; its rows of several cells
 * stay rows, though.
 */
export function tableBlocks(table: Element, blocksOf: BlocksOf): Block[] {
  const rows = rowsIn(table.children);
  const cells = rows.flatMap((row) => cellsIn(row));
  const isArrangement =
    table.attribs.role === 'presentation' ||
    cells.some((cell) => hasTable(cell.children)) ||
    rows.every((row) => cellsIn(row).length < 2);
  const captions = table.children.filter((node) => isElement(node) && node.name === 'caption' && !isHidden(node));
  const around = blocksOf(
    captions.flatMap((node) => childrenOf(node)),
    { isInCell: true },
  );
  return [...around, ...(isArrangement ? arranged(rows, blocksOf) : gridBlock(rows, blocksOf))];
}

/** Rows of several cells that follow each other are a table; all else is read cell by cell. */
function arranged(rows: readonly Element[], blocksOf: BlocksOf): Block[] {
  const blocks: Block[] = [];
  let grid: Element[] = [];
  const flush = () => {
    blocks.push(...gridBlock(grid, blocksOf));
    grid = [];
  };
  for (const row of rows) {
    if (isGridRow(row, blocksOf)) grid.push(row);
    else {
      flush();
      const cells = cellsIn(row).filter((cell) => !isHidden(cell));
      blocks.push(...cells.flatMap((cell) => shownBy(cell, false, blocksOf)));
    }
  }
  flush();
  return blocks;
}

/** Whether a row has several cells with something in them, none of which arranges more than a few lines itself. */
function isGridRow(row: Element, blocksOf: BlocksOf): boolean {
  const cells = cellsIn(row).filter((cell) => !isHidden(cell));
  if (cells.length < 2 || cells.some((cell) => hasTable(cell.children) && !isStack(cell, blocksOf))) return false;
  return cells.filter((cell) => linesIn(cell, blocksOf).length > 0).length > 1;
}

/** A few lines below each other, whatever arranges them. */
function isStack(cell: Element, blocksOf: BlocksOf): boolean {
  const blocks = shownBy(cell, true, blocksOf);
  return blocks.length <= maxStackedLines && blocks.every(({ kind }) => kind === 'line');
}

function gridBlock(rows: readonly Element[], blocksOf: BlocksOf): Block[] {
  const grid = gridOf(rows, blocksOf).filter((row) => row.some(({ lines }) => lines.length > 0));
  return grid.length > 0 ? [{ kind: 'table', rows: grid }] : [];
}

function rowsIn(nodes: readonly Node[]): Element[] {
  return nodes.filter(isElement).flatMap((node) => {
    if (isHidden(node)) return [];
    if (node.name === 'tr') return [node];
    return ['thead', 'tbody', 'tfoot'].includes(node.name) ? rowsIn(node.children) : [];
  });
}

function cellsIn(row: Element): Element[] {
  return row.children.filter(isElement).filter(({ name }) => name === 'td' || name === 'th');
}

function hasTable(nodes: readonly Node[]): boolean {
  return nodes.some((node) => (isElement(node) && node.name === 'table') || hasTable(childrenOf(node)));
}

interface Reaching {
  cell: TableCell;
  /** Rows below that it goes over. */
  left: number;
}

function gridOf(rows: readonly Element[], blocksOf: BlocksOf): TableCell[][] {
  let reaching: Reaching[] = [];
  return rows.map((row) => {
    const placed: TableCell[] = reaching.map(({ cell }) => cell);
    const begun: Reaching[] = [];
    let column = 0;
    for (const element of cellsIn(row)) {
      while (placed.some((cell) => cell.column <= column && column < cell.column + cell.span)) column += 1;
      if (column >= maxColumns) break;
      const span = Math.min(spanOf(element.attribs.colspan), maxColumns - column);
      const cell = { column, span, lines: isHidden(element) ? [] : linesIn(element, blocksOf) };
      placed.push(cell);
      begun.push({ cell, left: spanOf(element.attribs.rowspan) });
      column += span;
    }
    reaching = [...reaching, ...begun]
      .map(({ cell, left }) => ({ cell, left: left - 1 }))
      .filter(({ left }) => left > 0);
    return placed.toSorted((a, b) => a.column - b.column);
  });
}

function spanOf(text: string | undefined): number {
  return Math.min(maxSpan, Math.max(1, Number.parseInt(text ?? '1', 10) || 1));
}

function linesIn(cell: Element, blocksOf: BlocksOf): string[] {
  return shownBy(cell, true, blocksOf).flatMap((block) => (block.kind === 'line' ? [block.text] : []));
}

const shownInCell = new WeakMap<Element, Block[]>();
const shownOnItsOwn = new WeakMap<Element, Block[]>();

/** What a cell shows: looked at once, for tables within each other would be looked at twice as often at each level. */
function shownBy(cell: Element, isInCell: boolean, blocksOf: BlocksOf): Block[] {
  const known = isInCell ? shownInCell : shownOnItsOwn;
  const blocks = known.get(cell) ?? blocksOf(cell.children, { isInCell });
  known.set(cell, blocks);
  return blocks;
}
