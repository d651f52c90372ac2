import type { ScalarField } from '#lib/core/fields/field.ts';
import { kindOf } from './kinds.ts';
import { stackedHeader } from './header-stacks.ts';
import { findLabels, isLabelOf, labelsOf } from './labels.ts';
import type { Column } from './table-columns.ts';
import type { View, ViewLine } from './view.ts';

/** The header of a table. */
export interface Header {
  /** The number of its last line. */
  line: number;
  columns: Column[];
}

/** Lines on which the labels of at least two columns head cells of their own. */
export function findHeaders(view: View, fields: readonly ScalarField[]): Header[] {
  const needed = Math.min(2, fields.length);
  const hits = fields.flatMap((field) =>
    findLabels(view, field)
      .filter((hit) => hit.quality >= 0.8)
      .map((hit) => ({ field, hit })),
  );
  const byLine = Map.groupBy(hits, ({ hit }) => hit.line.number);
  const headers = [...byLine].flatMap(([number, found]) => {
    const line = view.lines[number];
    // A header may be set in two lines: labels of the line below count, when it is near.
    const next = byLine.get(number + 1)?.filter(({ hit }) => line && hit.line.y - line.y < line.height * 1.6) ?? [];
    const stacked = line ? stackedColumns(view, line, fields) : [];
    const best = bestPerField([...found, ...next]).filter(({ field, hit }) => !stacked.some(isAbout(field, hit)));
    const named = [...best.map(({ field }) => field), ...stacked.map(({ field }) => field)];
    if (!line || named.length < needed || hasValues(line) || !hasMeasures(named, fields)) return [];
    const isDouble = stacked.length > 0 || best.some(({ hit }) => hit.line.number === number + 1);
    const last = isDouble ? number + 1 : number;
    return [{ line: last, columns: columnsOf(view, number, last, best, stacked), found: named.length }];
  });
  return bestOfNeighbours([...headers, ...highHeaders(view, fields, needed)]).map(({ line, columns }) => ({
    line,
    columns: withFirstColumn(columns, fields),
  }));
}

interface Found extends Header {
  /** How many columns it names. */
  found: number;
}

/** Headers of several lines: any line may be the last of one, and that which names the most columns is. */
function highHeaders(view: View, fields: readonly ScalarField[], needed: number): Found[] {
  const labels = new Map(fields.map((field) => [field, new Set(labelsOf(field))]));
  return view.lines.flatMap((line): Found[] => {
    if (line.cells.length < needed || hasValues(line)) return [];
    const columns = stackedHeader(view, line, labels);
    const named = columns.flatMap(({ field }) => field ?? []);
    if (named.length < needed || !hasMeasures(named, fields)) return [];
    return [{ line: line.number, columns, found: named.length }];
  });
}

/** Of headers on the same lines the one that names the most columns; of equals the first. */
function bestOfNeighbours(headers: readonly Found[]): Found[] {
  const best: Found[] = [];
  for (const header of headers.toSorted((a, b) => b.found - a.found)) {
    if (!best.some((other) => Math.abs(other.line - header.line) <= nearby)) best.push(header);
  }
  return best.toSorted((a, b) => a.line - b.line);
}

/** The first column often has no header: it is the text that is left over, before all others. */
function withFirstColumn(columns: Column[], fields: readonly ScalarField[]): Column[] {
  const open = fields.filter((field) => !isMeasure(field) && !columns.some((column) => column.field === field));
  const [field, ...others] = open;
  const first = columns[0];
  if (!field || others.length > 0 || field !== fields[0] || !first?.field || first.x < minFirst) return columns;
  return [{ field, x: 0, right: first.x - minFirst / 4 }, ...columns];
}

/** Lines of one header are so near, by their numbers. */
const nearby = 3;
/** A share of the page's width: a column of texts needs that. */
const minFirst = 0.1;
/** How far apart the lines of one label may be, in heights. */
const stackedGap = 1.9;

/** A column whose label goes over two lines of its cell: `Withdrawals /` above `Deposits`. */
interface StackedColumn extends Column {
  field: ScalarField;
  line: number;
}

function stackedColumns(view: View, line: ViewLine, fields: readonly ScalarField[]): StackedColumn[] {
  const below = view.lines[line.number + 1];
  // A line with figures is a row already.
  const isNear = below && below.y - line.y <= stackedGap * line.height;
  if (!below || !isNear || below.words.some(({ text }) => /\d/.test(text))) return [];
  return line.cells.flatMap((upper) =>
    below.cells.flatMap((lower): StackedColumn[] => {
      if (lower.x >= upper.right || upper.x >= lower.right) return [];
      const field = fields.find((one) => {
        const labels = new Set(labelsOf(one));
        return isLabelOf(labels, `${upper.text} ${lower.text}`) && !isLabelOf(labels, upper.text);
      });
      const [x, right] = [Math.min(upper.x, lower.x), Math.max(upper.right, lower.right)];
      return field ? [{ field, x, right, line: line.number }] : [];
    }),
  );
}

/** Whether a label of two lines is of the same field as one of a single line, or has it as a part. */
const isAbout = (field: ScalarField, hit: Hit['hit']) => (stacked: StackedColumn) => {
  const [start, end] = [hit.line.words[hit.start], hit.line.words[hit.end - 1]];
  const isPart = start && end && start.x < stacked.right && stacked.x < end.x + end.width;
  return stacked.field === field || Boolean(isPart && Math.abs(hit.line.number - stacked.line) <= 1);
};

type Hit = { field: ScalarField; hit: ReturnType<typeof findLabels>[number] };

/** One place per field, one field per place: the longest label first. */
function bestPerField(found: Hit[]): Hit[] {
  const best: Hit[] = [];
  for (const one of found.toSorted((a, b) => b.hit.length - a.hit.length || b.hit.quality - a.hit.quality)) {
    const taken = best.some(
      (other) =>
        other.field === one.field ||
        (other.hit.line === one.hit.line && other.hit.start < one.hit.end && one.hit.start < other.hit.end),
    );
    if (!taken) best.push(one);
  }
  return best;
}

/** Where a list has amounts or dates, so has its table: a line of captions that names none of them heads something else. */
function hasMeasures(found: readonly ScalarField[], fields: readonly ScalarField[]): boolean {
  return !fields.some(isMeasure) || found.some(isMeasure);
}

function isMeasure(field: ScalarField): boolean {
  const kind = kindOf(field);
  return kind === 'number' || kind === 'date';
}

/** Amounts stand in rows, not in headers. */
function hasValues(line: ViewLine): boolean {
  return line.words.filter((word) => /^\W?\d+[.,]\d{2}\W?$/.test(word.text)).length > 0;
}

/** Every cell of the header is a column; those without a field keep their values away from their neighbours. */
function columnsOf(
  view: View,
  first: number,
  last: number,
  found: readonly Hit[],
  stacked: readonly Column[],
): Column[] {
  const cells = view.lines.slice(first, last + 1).flatMap((line) => line.cells);
  const single = found.map(({ field, hit }): Column => {
    const [start, end] = [hit.line.words[hit.start], hit.line.words[hit.end - 1]];
    return { field, x: start?.x ?? 0, right: end ? end.x + end.width : 1 };
  });
  const named = [...single, ...stacked];
  const others = cells
    .filter((cell) => !named.some((column) => column.x < cell.right && cell.x < column.right))
    .map((cell): Column => ({ field: null, x: cell.x, right: cell.right }));
  return [...named, ...others].toSorted((a, b) => a.x - b.x);
}
