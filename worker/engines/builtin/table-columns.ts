import type { ScalarField } from '#lib/core/fields/field.ts';
import { isTyped } from './table-parts.ts';
import type { Cell, IndexedWord, ViewLine } from './view.ts';

/** A column of a table, by where its header stands. */
export interface Column {
  field: ScalarField | null;
  x: number;
  right: number;
}

/** The words of a line by the columns that they belong to. */
export function wordsByColumn(line: ViewLine, columns: readonly Column[]): Map<Column, IndexedWord[]> {
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
