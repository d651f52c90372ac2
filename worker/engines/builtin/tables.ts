import type { ListField, ScalarField } from '#lib/core/fields/field.ts';
import { kindOf } from './kinds.ts';
import { findLabels } from './labels.ts';
import { isEnd, isExtra, isPartSum, isTyped, type Table, type TableValue } from './table-parts.ts';
import { readByShape } from './table-shape.ts';
import { spansIn } from './spans.ts';
import { type Cell, type IndexedWord, textOf, toCell, type View, type ViewLine, wordsOfSpan } from './view.ts';

interface Column {
  field: ScalarField | null;
  x: number;
  right: number;
}

/** A table ends at a gap of so many lines. */
const maxGap = 4;
/** The rows of a list whose items are objects: by the header above its columns, else by the shape of its lines. */
export function readTable(view: View, list: ListField, locale: string): Table {
  const columns =
    list.item.kind === 'object'
      ? list.item.fields.filter((field): field is ScalarField => field.kind === 'scalar')
      : [];
  const headers = findHeaders(view, columns);
  if (headers.length === 0) return readByShape(view, columns, locale);
  const tables = headers.map((header, index) =>
    readBelow(view, header, headers[index + 1]?.line ?? view.lines.length, locale),
  );
  return {
    rows: tables.flatMap((table) => table.rows),
    rowsSeen: tables.reduce((sum, table) => sum + table.rowsSeen, 0),
  };
}

interface Header {
  /** The number of its last line. */
  line: number;
  columns: Column[];
}

/** Lines on which the labels of at least two columns head cells of their own. */
function findHeaders(view: View, fields: readonly ScalarField[]): Header[] {
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
    const best = bestPerField([...found, ...next]);
    if (!line || best.length < needed || hasValues(line) || !hasMeasures(best, fields)) return [];
    const last = best.some(({ hit }) => hit.line.number === number + 1) ? number + 1 : number;
    return [{ line: last, columns: columnsOf(view, number, last, best), found: best.length }];
  });
  return headers.filter(
    (header, index) => headers.findIndex((other) => Math.abs(other.line - header.line) <= 1) === index,
  );
}

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
function hasMeasures(found: readonly Hit[], fields: readonly ScalarField[]): boolean {
  return !fields.some(isMeasure) || found.some(({ field }) => isMeasure(field));
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
function columnsOf(view: View, first: number, last: number, found: Hit[]): Column[] {
  const cells = view.lines.slice(first, last + 1).flatMap((line) => line.cells);
  const named = found.map(({ field, hit }): Column => {
    const [start, end] = [hit.line.words[hit.start], hit.line.words[hit.end - 1]];
    return { field, x: start?.x ?? 0, right: end ? end.x + end.width : 1 };
  });
  const others = cells
    .filter((cell) => !named.some((column) => column.x < cell.right && cell.x < column.right))
    .map((cell): Column => ({ field: null, x: cell.x, right: cell.right }));
  return [...named, ...others].toSorted((a, b) => a.x - b.x);
}

function readBelow(view: View, header: Header, until: number, locale: string): Table {
  const rows: TableValue[][] = [];
  let rowsSeen = 0;
  // After the sum of a part only whole rows are rows: taxes and totals follow, too.
  let wanted = 0;
  // After an empty line no text continues the row above.
  let isClosed = false;
  let lastY = view.lines[header.line]?.y ?? 0;
  for (const line of view.lines.slice(header.line + 1, until)) {
    const gap = (line.y - lastY) / Math.max(view.height, 0.001);
    if (rows.length > 0 && isPartSum(line)) {
      isClosed = true;
      wanted = Math.max(...rows.map((row) => row.length));
      lastY = line.y;
      continue;
    }
    if (isEnd(line) || (wanted > 0 && isExtra(line)) || (rows.length > 0 && gap > maxGap + 2)) break;
    const values = readRow(line, header.columns, locale);
    const typed = values.filter(({ column }) => isTyped(column));
    const filled = typed.length + dashesIn(line, header.columns);
    const isWhole = values.length + filled - typed.length >= wanted;
    if (
      typed.length > 0 &&
      isWhole &&
      looksLikeRow(filled, header.columns) &&
      !isSpokenOver(line, header.columns, locale)
    ) {
      rows.push(values);
      rowsSeen += 1;
      lastY = line.y;
      isClosed = false;
    } else if (values.length > 0 && typed.length === 0 && rows.length > 0 && gap <= maxGap) {
      isClosed ||= isApart(view, line);
      if (isClosed) continue;
      if (!continueRow(rows.at(-1), values)) break;
      lastY = line.y;
    }
  }
  return { rows, rowsSeen };
}

/** An empty line parts what follows from a table that is set in even lines. */
function isApart({ lines, isEven }: View, line: ViewLine): boolean {
  const before = lines[line.number - 1];
  return isEven && before !== undefined && line.y - before.y > 1.5 * line.height;
}

/** A line with the value of a single column of many is a note between rows. */
function looksLikeRow(filled: number, columns: readonly Column[]): boolean {
  const possible = columns.filter((column) => column.field && isTyped(column.field)).length;
  return filled >= Math.min(2, possible);
}

/** Columns of figures in which a dash says that there is nothing. */
function dashesIn(line: ViewLine, columns: readonly Column[]): number {
  return [...wordsByColumn(line, columns)].filter(
    ([{ field }, words]) => field && isTyped(field) && words.length === 1 && /^[-–—]$/.test(words[0]?.text ?? ''),
  ).length;
}

/** Words across a column of figures, where no column takes text: a sentence that happens to hold figures too. */
function isSpokenOver(line: ViewLine, columns: readonly Column[], locale: string): boolean {
  if (columns.some(({ field }) => !field || !isTyped(field))) return false;
  return [...wordsByColumn(line, columns)].some(([{ field }, words]) => {
    const letters = words.filter((word) => /\p{L}{2}/u.test(word.text)).length;
    return field && letters >= 2 && valueIn(words, field, locale).length === 0;
  });
}

/** A few words, a colon, and what they name. */
const ownLabel = /^\p{L}[\p{L} .-]{2,24}:\s?\S/u;

/** Text below a row's text continues with it. False when it stands under no text of the row. */
function continueRow(row: TableValue[] | undefined, values: readonly TableValue[]): boolean {
  const targets = values.map((value) => ({ value, target: row?.find(({ column }) => column === value.column) }));
  if (targets.some(({ target }) => !target)) return false;
  // `Serial number: 4711` says something else of the row.
  if (values.some(({ text }) => ownLabel.test(text))) return true;
  for (const { value, target } of targets) {
    if (!target) continue;
    target.text = `${target.text} ${value.text}`;
    target.words = [...target.words, ...value.words];
  }
  return true;
}

function wordsByColumn(line: ViewLine, columns: readonly Column[]): Map<Column, IndexedWord[]> {
  const cells = line.cells.map((cell, index) => withoutStrays(partsOf(cell, columns), line.cells[index - 1], columns));
  const owned = new Set(cells.flatMap((parts) => (parts.length === 1 ? parts.map(([column]) => column) : [])));
  const byColumn = new Map<Column, IndexedWord[]>();
  for (const [column, words] of cells.flatMap((parts) => withTails(parts, owned))) {
    byColumn.set(column, [...(byColumn.get(column) ?? []), ...words]);
  }
  return byColumn;
}

type Part = [Column, IndexedWord[]];

/** A text right behind a cell of figures, and still below their header, belongs to the column of texts beside it. */
function withoutStrays(parts: Part[], before: Cell | undefined, columns: readonly Column[]): Part[] {
  const [only] = parts;
  if (parts.length !== 1 || !only || !before || !isOfFigures(only[0]) || only[1].some(hasDigit)) return parts;
  const next = columns[columns.indexOf(only[0]) + 1];
  const isTaken = before.words.some(hasDigit) && before.words.every((word) => columnOf(word, columns) === only[0]);
  return isTaken && next && !isOfFigures(next) ? [[next, only[1]]] : parts;
}

const hasDigit = ({ text }: IndexedWord) => /\d/.test(text);

/** A text that reaches into a column of figures is whole where that column has a cell of its own. */
function withTails(parts: readonly Part[], owned: ReadonlySet<Column>): Part[] {
  const joined: Part[] = [];
  for (const [column, words] of parts) {
    const before = joined.at(-1);
    if (before && !isOfFigures(before[0]) && isOfFigures(column) && owned.has(column)) before[1].push(...words);
    else joined.push([column, [...words]]);
  }
  return joined;
}

function isOfFigures({ field }: Column): boolean {
  return field !== null && isTyped(field);
}

/** A cell's words by column: whole where it belongs to one, else each where it stands. */
function partsOf(cell: Cell, columns: readonly Column[]): Part[] {
  const whole = columnOfCell(cell, columns);
  if (whole) return [[whole, cell.words]];
  const parts: Part[] = [];
  for (const word of cell.words) {
    const column = columnOf(word, columns);
    const last = parts.at(-1);
    if (column && last?.[0] === column) last[1].push(word);
    else if (column) parts.push([column, [word]]);
  }
  return withHeads(parts);
}

/** The first words of a text may stand below the end of a column of figures, whose header is narrower: they are its own. */
function withHeads(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const [column, words] of parts) {
    const before = joined.at(-1);
    const isHead = before && isOfFigures(before[0]) && !before[1].some(hasDigit);
    if (isHead && !isOfFigures(column)) joined.splice(-1, 1, [column, [...before[1], ...words]]);
    else joined.push([column, words]);
  }
  return joined;
}

function readRow(line: ViewLine, columns: readonly Column[], locale: string): TableValue[] {
  const byColumn = wordsByColumn(line, columns);
  return columns.flatMap((column) => {
    const words = byColumn.get(column);
    return column.field && words ? valueIn(words, column.field, locale) : [];
  });
}

/** Cells are flush with the headers of their columns within this share of the page's width. */
const flush = 0.004;

/** The column of texts with whose header a cell begins, when it reaches into no other one. */
function columnOfCell({ x, right }: Cell, columns: readonly Column[]): Column | undefined {
  return columns.find((column, index) => {
    const next = columns[index + 1];
    const isText = !column.field || !isTyped(column.field);
    return isText && Math.abs(column.x - x) < flush && (!next || right < next.x);
  });
}

/** The column whose share of the line a word's middle stands in; columns meet halfway between their headers. */
function columnOf(word: IndexedWord, columns: readonly Column[]): Column | undefined {
  const middle = word.x + word.width / 2;
  return columns.find((column, index) => {
    const next = columns[index + 1];
    return !next || middle < (column.right + next.x) / 2;
  });
}

function valueIn(words: IndexedWord[], column: ScalarField, locale: string): TableValue[] {
  if (!isTyped(column)) return [{ column, text: toCell(words, 0).text, words }];
  const text = textOf(words);
  const [span] = spansIn(words, column, locale);
  return span
    ? [{ column, text: text.slice(span.start, span.end), words: wordsOfSpan(words, span.start, span.end) }]
    : [];
}
