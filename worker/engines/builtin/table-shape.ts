import type { ScalarField } from '#lib/core/fields/field.ts';
import { findSpans, kindOf } from './kinds.ts';
import { isTyped, sums, type Table, type TableValue } from './table-parts.ts';
import { textOf, type View, type ViewLine, wordsOfSpan } from './view.ts';

const minAlike = 3;

/**
 * A table that continues from the page before has no header: lines that hold just the kinds of values that its columns
 * have, in their order, several below one another.
 */
export function readByShape(view: View, columns: readonly ScalarField[], locale: string): Table {
  const typed = columns.filter(isTyped);
  const hasDate = typed.some((column) => kindOf(column) === 'date');
  if (typed.length < 2 || !hasDate) return { rows: [], rowsSeen: 0 };
  const rows = view.lines.flatMap((line) => {
    const row = matchShape(line, columns, locale);
    return row ? [row] : [];
  });
  return rows.length >= minAlike ? { rows, rowsSeen: rows.length } : { rows: [], rowsSeen: 0 };
}

function matchShape(line: ViewLine, columns: readonly ScalarField[], locale: string): TableValue[] | null {
  const text = textOf(line.words);
  if (sums.test(text)) return null;
  const values: TableValue[] = [];
  const take = (column: ScalarField, start: number, end: number) => {
    const words = wordsOfSpan(line.words, start, end);
    if (words.length > 0) values.push({ column, text: text.slice(start, end).replace(/\s+/g, ' ').trim(), words });
  };
  let at = 0;
  let between: ScalarField | null = null;
  for (const column of columns) {
    if (!isTyped(column)) {
      between = column;
      continue;
    }
    const span = findSpans(text.slice(at), kindOf(column), column, locale).find(({ fit }) => fit >= 0.9);
    if (!span) return null;
    const [start, end] = [at + span.start, at + span.end];
    // What stands between two columns that are told by their kind is the text that the schema has between them.
    if (between) take(between, at, start);
    between = null;
    take(column, start, end);
    at = end;
  }
  if (between) take(between, at, text.length);
  else if (/\p{L}{12}|\d/u.test(text.slice(at))) return null;
  return values;
}
