import type { Definition } from '../schema/definition.ts';
import { fieldAt } from '#lib/core/fields/field.ts';
import type { Value, RowsSeen } from './value.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { groupLines, type Line } from '../pages/lines.ts';
import type { Box, Page, Word } from '../pages/page.ts';
import { pathText } from '../fields/path.ts';

/** Fewer rows show no columns. */
const minRows = 2;
/** A column is usual when so many of the rows have it; fewer usual columns tell no row. */
const usualShare = 0.8;
const minColumns = 2;
/** How far the edges of one column lie apart at most, as a share of the page's width. */
const slack = 0.012;
/** Rows of one table stand no farther apart, measured by the usual distance of two. */
const maxGap = 2.5;

const sums =
  /\b(?:sub-?\s?totals?|(?:grand )?totals?|sum|balance|brought|carried|forward|opening|closing|beginning|ending|summe|gesamt|zwischensumme|übertrag|saldo|netto|brutto|montant|totale|suma|subtotaal)\b/iu;

type Edge = (box: Box) => number;
const left: Edge = ({ x }) => x;
const right: Edge = ({ x, width }) => x + width;

interface Column {
  edge: Edge;
  at: number;
}

interface Row {
  /** The middle of its first line. */
  y: number;
  /** The values of one line each, of numbers and dates, by column. */
  cells: Map<string, Box>;
}

/**
 * How many rows the lists of a page have, judged by the rows that were read of each: a line of which nothing was read,
 * that stands in the table and has a number at every usual column of numbers and dates, is one more. Sums and balances
 * carried over are none. Lists of which fewer than two rows were read are not among the result.
 */
export function rowsAlike(definition: Definition, page: Page, leaves: readonly Value[]): RowsSeen[] {
  const placed = leaves.filter((leaf) => leaf.evidence && leaf.evidence.boxes.length > 0);
  const lists = Map.groupBy(placed.filter(isCell), ({ path }) => pathText(listOf(path)));
  if (lists.size === 0) return [];
  const boxes = placed.flatMap(({ evidence }) => evidence?.boxes ?? []);
  const free = groupLines(page.words).filter((line) => !boxes.some((box) => standsOn(box, line)) && !isSum(line));
  return [...lists.values()].flatMap((own) => {
    const [first] = own;
    const rows = toRows(definition, own);
    const columns = usualColumns(rows);
    if (!first || rows.length < minRows || columns.length < minColumns) return [];
    const alike = free.filter((line) => columns.every((column) => hasNumberAt(line, column)));
    return [{ path: listOf(first.path), rows: rows.length + withinTable(rows, alike).length }];
  });
}

const isCell = ({ path }: Value) => path.some((step) => typeof step === 'number');

function listOf(path: Path): Path {
  return path.slice(
    0,
    path.findIndex((step) => typeof step === 'number'),
  );
}

const middle = ({ y, height }: Box) => y + height / 2;

function standsOn(box: Box, { top, bottom }: Line<Word>): boolean {
  return box.y < bottom && top < box.y + box.height && top <= middle(box) && middle(box) <= bottom;
}

function isSum({ words }: Line<Word>): boolean {
  return sums.test(words.map(({ text }) => text).join(' '));
}

function toRows(definition: Definition, cells: readonly Value[]): Row[] {
  const byRow = Map.groupBy(cells, ({ path }) => path[listOf(path).length]);
  return [...byRow.values()].map((own) => {
    const boxes = own.flatMap(({ evidence }) => evidence?.boxes.slice(0, 1) ?? []);
    const ruled = own.filter((leaf) => leaf.evidence?.boxes.length === 1 && isRuled(definition, leaf.path));
    return {
      y: Math.min(...boxes.map(middle)),
      cells: new Map(
        ruled.flatMap(({ path, evidence }) => {
          const [box] = evidence?.boxes ?? [];
          return box ? [[pathText(path.slice(listOf(path).length + 1)), box] as const] : [];
        }),
      ),
    };
  });
}

/** Numbers and dates stand at the edge of their column; texts may be anywhere and are often missing. */
function isRuled(definition: Definition, path: Path): boolean {
  const field = fieldAt(definition.fields, path);
  return field?.kind === 'scalar' && (field.type !== 'string' || field.format === 'date');
}

function usualColumns(rows: readonly Row[]): Column[] {
  const names = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  return [...names].flatMap((name) => {
    const boxes = rows.flatMap(({ cells }) => cells.get(name) ?? []);
    if (boxes.length < rows.length * usualShare) return [];
    const edge = [right, left].find((one) => spread(boxes.map(one)) <= slack);
    return edge ? [{ edge, at: median(boxes.map(edge)) }] : [];
  });
}

function hasNumberAt({ words }: Line<Word>, { edge, at }: Column): boolean {
  return words.some((word) => /\d/.test(word.text) && Math.abs(edge(word) - at) <= slack);
}

/** Those that stand among the rows, or go on above or below them row by row. */
function withinTable(rows: readonly Row[], alike: readonly Line<Word>[]): Line<Word>[] {
  const heights = rows.map(({ y }) => y).toSorted((a, b) => a - b);
  const reach = median(heights.slice(1).map((y, index) => y - (heights[index] ?? y))) * maxGap;
  const known = new Set(heights);
  const found = new Set<Line<Word>>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const line of alike.filter((one) => !found.has(one))) {
      const y = (line.top + line.bottom) / 2;
      if (![...known].some((other) => Math.abs(other - y) <= reach)) continue;
      found.add(line);
      known.add(y);
    }
  }
  return [...found];
}

function spread(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
