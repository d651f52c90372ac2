import type { Block, TableCell } from './blocks.ts';
import { childrenOf, type Element, isElement, type Node } from './markup.ts';
import { isHidden } from './html-shown.ts';

/** What nodes show, in order. */
type BlocksOf = (nodes: readonly Node[], place: { isInCell: boolean }) => Block[];

/** HTML allows more; nothing that people make has them. */
const maxSpan = 1000;
const maxColumns = 1000;

/**
 * What a table shows. Cells that go over several rows are part of each of them. A table that only arranges things (others
 * are inside it, or it has a single column) is read cell by cell, so that nothing in it is lost.
 */
export function tableBlocks(table: Element, blocksOf: BlocksOf): Block[] {
  const rows = rowsIn(table.children);
  const cells = rows.flatMap((row) => cellsIn(row));
  const isArrangement =
    table.attribs.role === 'presentation' ||
    cells.some((cell) => hasTable(cell.children)) ||
    rows.every((row) => cellsIn(row).length < 2);
  const captions = table.children.filter((node) => isElement(node) && node.name === 'caption');
  const around = blocksOf(
    captions.flatMap((node) => childrenOf(node)),
    { isInCell: true },
  );
  if (isArrangement) return [...around, ...cells.flatMap((cell) => blocksOf(cell.children, { isInCell: false }))];
  const grid = gridOf(rows, blocksOf).filter((row) => row.some(({ lines }) => lines.length > 0));
  return grid.length > 0 ? [...around, { kind: 'table', rows: grid }] : around;
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
  return blocksOf(cell.children, { isInCell: true }).flatMap((block) => (block.kind === 'line' ? [block.text] : []));
}
