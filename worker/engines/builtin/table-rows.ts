import type { ScalarField } from '#lib/core/fields/field.ts';
import { type Column, wordsByColumn } from './table-columns.ts';
import { isEnd, isExtra, isPartSum, isTyped, type Table, type TableValue } from './table-parts.ts';
import { spansIn } from './spans.ts';
import type { Header } from './table-headers.ts';
import { type IndexedWord, textOf, toCell, type View, type ViewLine, wordsOfSpan } from './view.ts';

/** A table ends at a gap of so many lines. */
const maxGap = 4;
/** Lines of a text that belong together are set as close, in heights of a word. */
const usualGap = 1.8;

/** The rows below a header, down to a line at most. */
export function readBelow(view: View, header: Header, until: number, locale: string): Table {
  const rows: TableValue[][] = [];
  let rowsSeen = 0;
  // After the sum of a part only whole rows are rows: taxes and totals follow, too.
  let wanted = 0;
  // After an empty line no text continues the row above.
  let isClosed = false;
  let lastY = (view.lines[header.line] ?? view.lines[header.line + 1])?.y ?? 0;
  let rowGap = maxGap;
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
    const begins = isOfTexts(header.columns) ? beginsRow(line, values, header.columns) : typed.length > 0;
    if (
      begins &&
      isWhole &&
      looksLikeRow(filled, values.length, header.columns) &&
      !isSpokenOver(line, header.columns, locale)
    ) {
      if (rows.length > 0) rowGap = Math.min(rowGap, gap);
      rows.push(values);
      rowsSeen += 1;
      lastY = line.y;
      isClosed = false;
    } else if (values.length > 0 && typed.length === 0 && rows.length > 0 && gap <= textGap(rowGap)) {
      isClosed ||= isApart(view, line);
      if (isClosed) continue;
      if (!continueRow(rows.at(-1), values)) break;
      lastY = line.y;
    }
  }
  return { rows, rowsSeen };
}

/** What continues a row stands no further below it than another row would: a note below the table does. */
function textGap(rowGap: number): number {
  return Math.min(maxGap, Math.max(usualGap, rowGap * 1.05));
}

/** An empty line parts what follows from a table that is set in even lines. */
function isApart({ lines, isEven }: View, line: ViewLine): boolean {
  const before = lines[line.number - 1];
  return isEven && before !== undefined && line.y - before.y > 1.5 * line.height;
}

/** Whether no column of a table has a type by which its rows could be told. */
export function isOfTexts(columns: readonly Column[]): boolean {
  return columns.every(({ field }) => !field || !isTyped(field));
}

/** How far from its header a text of a table of texts begins, as a share of the page's width. */
const flush = 0.02;

/** In a table of texts a row has a cell below each header: prose goes across them. */
function beginsRow({ cells }: ViewLine, values: readonly TableValue[], columns: readonly Column[]): boolean {
  const named = columns.filter(({ field }) => field);
  const isBelow = (column: Column) =>
    column.x === 0 || cells.some((cell) => Math.abs(cell.x - column.x) < flush || isCentred(cell, column));
  return values.length === named.length && cells.length === named.length && named.every(isBelow);
}

function isCentred(cell: { x: number; right: number }, { x, right }: Column): boolean {
  return Math.abs(cell.x + cell.right - x - right) < 2 * flush;
}

/** A line with the value of a single column of many is a note between rows. */
function looksLikeRow(filled: number, found: number, columns: readonly Column[]): boolean {
  if (filled > 0 && found > 2) return true;
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

function readRow(line: ViewLine, columns: readonly Column[], locale: string): TableValue[] {
  const byColumn = wordsByColumn(line, columns);
  return columns.flatMap((column) => {
    const words = byColumn.get(column);
    return column.field && words ? valueIn(words, column.field, locale) : [];
  });
}

export function valueIn(words: IndexedWord[], column: ScalarField, locale: string): TableValue[] {
  if (!isTyped(column)) return [{ column, text: toCell(words, 0).text, words }];
  const text = textOf(words);
  const [span] = spansIn(words, column, locale);
  return span
    ? [{ column, text: text.slice(span.start, span.end), words: wordsOfSpan(words, span.start, span.end) }]
    : [];
}
