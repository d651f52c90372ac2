import type { ScalarField } from '#lib/core/fields/field.ts';
import type { ColumnPlace, ListPlace } from '#lib/core/layouts/lesson.ts';
import type { Column } from './table-columns.ts';
import { isTyped, type Table, type TableValue } from './table-parts.ts';
import { readBelow, valueIn } from './table-rows.ts';
import type { IndexedWord, View } from './view.ts';

/** Cells that are no further from the line of their row stand on it, in heights of a word. */
const onLine = 0.6;

/** Rows of several lines are told by so many figures on one of them. */
const minTyped = 2;

/** The rows of a list where verified documents have them: on a line each, or with cells on lines above and below it. */
export function readRemembered(view: View, fields: readonly ScalarField[], place: ListPlace, locale: string): Table {
  const isStacked = ({ down }: ColumnPlace) => Math.abs(down) > onLine * view.height;
  const columns = place.columns.filter((column) => !isStacked(column)).map((column) => columnOf(column, fields));
  const above = view.lines.findLast((line) => line.y + line.height / 2 < place.y - onLine * view.height);
  const table = readBelow(view, { line: above?.number ?? -1, columns }, view.lines.length, locale);
  const stacked = place.columns.filter(isStacked);
  if (stacked.length === 0) return table;
  if (columns.filter(({ field }) => field && isTyped(field)).length < minTyped) return { rows: [], rowsSeen: 0 };
  return {
    ...table,
    doubt: 'stacked',
    rows: table.rows.map((row) => [...row, ...stackedValues(view, row, stacked, fields, locale)]),
  };
}

function columnOf({ name, x, right }: ColumnPlace, fields: readonly ScalarField[]): Column {
  return { field: fields.find((field) => field.name === name) ?? null, x, right };
}

/** The values of a row that stand above and below its line. */
function stackedValues(
  view: View,
  row: readonly TableValue[],
  columns: readonly ColumnPlace[],
  fields: readonly ScalarField[],
  locale: string,
): TableValue[] {
  const first = row[0]?.words[0];
  if (!first) return [];
  return columns.flatMap((column) => {
    const { field } = columnOf(column, fields);
    const words = field ? wordsAt(view, column, middle(first) + column.down) : [];
    return field && words.length > 0 ? valueIn(words, field, locale) : [];
  });
}

/** The words of a column at a height: cells that begin in it. */
function wordsAt(view: View, { x, right }: ColumnPlace, y: number): IndexedWord[] {
  const isNear = (word: IndexedWord) => Math.abs(middle(word) - y) < onLine * view.height;
  const cells = view.lines.flatMap((line) => line.cells).filter((cell) => cell.words.some(isNear));
  const cell = cells.find((one) => one.x < right && x < one.right);
  return (
    cell?.words.filter((word) => isNear(word) && word.x + word.width / 2 > x - view.height && word.x < right) ?? []
  );
}

const middle = ({ y, height }: IndexedWord): number => y + height / 2;
