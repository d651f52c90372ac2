import type { ScalarField } from '#lib/core/fields/field.ts';
import { kindOf } from './kinds.ts';
import type { IndexedWord, ViewLine } from './view.ts';

/** One value of a table's row. */
export interface TableValue {
  column: ScalarField;
  text: string;
  words: IndexedWord[];
}

export interface Table {
  rows: TableValue[][];
  /** Lines that look like rows of the table, also those of which nothing could be read. */
  rowsSeen: number;
}

/** Words that begin the sums below a table. */
export const sums =
  /^(sub-?\s?total|grand total|totals?|summe|gesamt|zwischensumme|netto|brutto|total (ht|ttc)|montant total|amount due|balance due|closing balance|ending balance|carried forward|end of)\b/i;

/** Sums end a table, also when they stand beside something else that begins there. */
export function isEnd(line: ViewLine): boolean {
  return line.cells.some((cell) => sums.test(cell.text));
}

export function isTyped(field: ScalarField): boolean {
  return !['text', 'name', 'address'].includes(kindOf(field));
}
