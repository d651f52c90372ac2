import { type LabelHit, leadsToValue } from './labels.ts';
import type { Cell, View, ViewLine } from './view.ts';

/** How far apart the left edges of a caption and its value may be, as a share of the page's width. */
export const flush = 0.006;
/** How far down a value may stand, in heights of its caption. */
const maxDown = 2.6;
const linesBelow = 4;
/** Values are set larger than captions, or nearer to them than to what follows. */
const larger = 1.1;
const nearer = 0.85;

/** The cell that a label stands in. */
export function cellOf({ line, start }: LabelHit): Cell | undefined {
  const first = line.words[start];
  return line.cells.find(({ words }) => first !== undefined && words.includes(first));
}

/**
 * Whether a label is the caption of a box of a form, with its value below it. Where labels and values stand beside each
 * other, what stands below a label is the next label, as far from it as that from the one behind.
 */
export function isCaption(view: View, hit: LabelHit, isLabel: (text: string) => boolean): boolean {
  const own = cellOf(hit);
  const height = own?.words[0]?.height ?? 0;
  if (!own || height === 0 || leadsToValue(hit.line, hit.end)) return false;
  if (isOverValue(view, hit.line, own, maxDown * height)) return true;
  const value = flushBelow(view, hit.line, own.x, maxDown * height);
  if (!value || isLabel(value.cell.text) || value.cell.text.endsWith(':')) return false;
  const isLarger = (value.cell.words[0]?.height ?? 0) >= larger * height;
  const next = flushBelow(view, value.line, own.x, Number.POSITIVE_INFINITY);
  const isNearer = next !== null && value.line.y - hit.line.y < nearer * (next.line.y - value.line.y);
  // What OCR sees is not of an exact size.
  return view.isOcr ? isLarger && isNearer : isLarger || isNearer;
}

/** A line of fewer cells may as well be a label and its value. */
const minCaptions = 3;
/** How many of the captions on a line have a value below them. */
const usualShare = 0.6;

/** Whether a cell is one of a line of captions, with figures among the values on the line below, and has its own there. */
function isOverValue(view: View, line: ViewLine, own: Cell, maxDistance: number): boolean {
  const below = view.lines[line.number + 1];
  if (!below || below.y - line.y > maxDistance || line.cells.length < minCaptions) return false;
  const hasDigit = ({ text }: Cell) => /\d/.test(text);
  if (line.cells.some(hasDigit) || !below.cells.some(hasDigit)) return false;
  const isAbove = (cell: Cell) => below.cells.some(({ x, right }) => x < cell.right && cell.x < right);
  return isAbove(own) && line.cells.filter(isAbove).length >= usualShare * line.cells.length;
}

/** The first cell below a line that begins at the same place. */
function flushBelow(view: View, line: ViewLine, x: number, maxDistance: number): { line: ViewLine; cell: Cell } | null {
  for (const below of view.lines.slice(line.number + 1, line.number + 1 + linesBelow)) {
    if (below.y - line.y > maxDistance) return null;
    const cell = below.cells.find((one) => Math.abs(one.x - x) < flush);
    if (cell) return { line: below, cell };
  }
  return null;
}
