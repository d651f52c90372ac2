import { fieldKey, pathText, rowIndexAt } from '#lib/core/fields/path.ts';
import { type ColumnPlace, type Lesson, type ListPlace, minWords, type Place } from '#lib/core/layouts/lesson.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { type Cell, type IndexedWord, type View, type ViewLine, viewPage } from '../engines/builtin/view.ts';
import type { HashWord } from '#lib/layouts/hash-word.ts';
import { middle, printOf } from './print.ts';
import { type PlacedValue, placeValues, type Verified } from './words-of-values.ts';

/** What the pages of a verified record teach, each: null for a page that shows no layout, or no value. `values`: all of them. */
export function learnPages(
  definition: Definition,
  pages: readonly Page[],
  values: readonly Verified[],
  hash: HashWord,
): (Lesson | null)[] {
  const placed = placeValues(definition, pages, values);
  const absent = values.filter(({ path, value }) => value === null && rowIndexAt(path) < 0);
  const paths = absent.map(({ path }) => pathText(path));
  return pages.map((page) => learnPage(page, placed.get(page) ?? [], paths, hash));
}

function learnPage(page: Page, placed: readonly PlacedValue[], absent: string[], hash: HashWord): Lesson | null {
  const view = viewPage(page);
  const ofValues = new Set(placed.flatMap(({ words }) => words));
  const words = printOf(view, ofValues, hash).map(({ hash: own, x, y }) => ({ hash: own, x: round(x), y: round(y) }));
  if (words.length < minWords || placed.length === 0) return null;
  const scalars = placed.filter(({ path }) => rowIndexAt(path) < 0);
  return {
    words,
    places: scalars.flatMap((value) => placeOf(view, value) ?? []),
    lists: listsOf(view, placed),
    absent,
  };
}

function placeOf(view: View, { path, words }: PlacedValue): Place | null {
  const own = new Set(words);
  const lines = view.lines.filter((line) => line.words.some(({ index }) => own.has(index)));
  const [first] = lines;
  if (!first) return null;
  const within = lines.flatMap((line) => line.words.filter(({ index }) => own.has(index)));
  const inFirst = first.words.filter(({ index }) => own.has(index));
  const [start, end] = [inFirst[0], inFirst.at(-1)];
  const cells = first.cells.filter((cell) => cell.words.some(({ index }) => own.has(index)));
  if (!start || !end) return null;
  return {
    path: pathText(path),
    x: round(Math.min(...within.map(({ x }) => x))),
    right: round(Math.max(...within.map(({ x, width }) => x + width))),
    y: round(middle(start)),
    lines: lines.length,
    words: within.length,
    startsCell: cells[0]?.words[0] === start,
    endsCell: cells.at(-1)?.words.at(-1) === end,
  };
}

/** One value of a row: its column, its row, and its words. */
interface RowCell {
  name: string;
  row: number;
  words: IndexedWord[];
}

function listsOf(view: View, placed: readonly PlacedValue[]): ListPlace[] {
  const cells = placed.filter(({ path }) => rowIndexAt(path) >= 0);
  const lists = Map.groupBy(cells, ({ path }) => fieldKey(path.slice(0, rowIndexAt(path))));
  return [...lists].flatMap(([path, own]) => {
    const named = own.flatMap((cell) => rowCell(view, cell));
    return named.length === 0 ? [] : [listOf(view, path, named)];
  });
}

/** Of a list of plain values no column can be told. */
function rowCell(view: View, { path, words }: PlacedValue): RowCell[] {
  const at = rowIndexAt(path);
  const [row, name] = [path[at], path[at + 1]];
  if (typeof row !== 'number' || typeof name !== 'string') return [];
  const own = new Set(words);
  return [{ name, row, words: view.lines.flatMap((line) => line.words.filter(({ index }) => own.has(index))) }];
}

function listOf(view: View, path: string, cells: readonly RowCell[]): ListPlace {
  const bases = new Map([...Map.groupBy(cells, ({ row }) => row)].map(([row, own]) => [row, baseOf(own)]));
  const columns = [...Map.groupBy(cells, ({ name }) => name)].map(([name, own]): ColumnPlace => {
    const downs = own.map(({ row, words }) => middleOf(words) - (bases.get(row) ?? 0)).toSorted((a, b) => a - b);
    const down = round(downs[Math.floor(downs.length / 2)] ?? 0);
    const isWhole = own.filter((cell) => endsCell(view, cell)).length > own.length / 2;
    return { name, ...spread(own.flatMap(({ words }) => words)), down, isFull: own.length === bases.size, isWhole };
  });
  const all = new Set(cells.flatMap(({ words }) => words.map(({ index }) => index)));
  const lines = view.lines.filter((line) => line.words.some(({ index }) => all.has(index)));
  const y = Math.min(...bases.values());
  return { path, y: round(y), columns: [...columns, ...otherColumns(lines, all, columns)].toSorted(byPlace) };
}

function endsCell(view: View, { words }: RowCell): boolean {
  const last = words.at(-1)?.index;
  return view.lines.some((line) => line.cells.some((cell) => cell.words.at(-1)?.index === last));
}

const middleOf = (words: readonly IndexedWord[]): number => middle(words[0] ?? { y: 0, height: 0 });

/** The middle of the line that has most of a row: half of its values stand above it, and half below. */
function baseOf(cells: readonly RowCell[]): number {
  const middles = cells.map(({ words }) => middleOf(words)).toSorted((a, b) => a - b);
  return middles[Math.floor(middles.length / 2)] ?? 0;
}

const byPlace = (a: ColumnPlace, b: ColumnPlace) => a.x - b.x;
/** In so large a share of the rows something stands there. */
const usualShare = 0.5;

/** Columns that the list does not ask for: what stands in many of its rows beside the values. */
function otherColumns(lines: readonly ViewLine[], values: ReadonlySet<number>, known: readonly ColumnPlace[]) {
  const spans: { x: number; right: number; lines: number }[] = [];
  for (const line of lines) {
    for (const { x, right } of line.cells.filter((cell) => isForeign(cell, values, known))) {
      const span = spans.find((one) => one.x < right && x < one.right);
      if (!span) spans.push({ x, right, lines: 1 });
      else Object.assign(span, { x: Math.min(span.x, x), right: Math.max(span.right, right), lines: span.lines + 1 });
    }
  }
  const usual = spans.filter((span) => span.lines >= usualShare * lines.length);
  return usual.map(({ x, right }): ColumnPlace => ({
    name: null,
    x: round(x),
    right: round(right),
    down: 0,
    isFull: false,
    isWhole: true,
  }));
}

function isForeign(cell: Cell, values: ReadonlySet<number>, known: readonly ColumnPlace[]): boolean {
  if (cell.words.some(({ index }) => values.has(index))) return false;
  return !known.some(({ x, right }) => x < cell.right && cell.x < right);
}

function spread(words: readonly IndexedWord[]): { x: number; right: number } {
  const right = Math.max(...words.map(({ x, width }) => x + width));
  return { x: round(Math.min(...words.map(({ x }) => x))), right: round(right) };
}

/** Finer than any printer. */
function round(fraction: number): number {
  return Math.round(fraction * 1e4) / 1e4;
}
