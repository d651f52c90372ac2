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
  /** Nothing but the look of its lines makes it a table, it has no figures by which its rows could be told, or rows of several lines. */
  doubt?: 'lines' | 'texts' | 'stacked';
}

/** Words that begin the sums below a table. */
export const sums =
  /^(?:sub-?\s?total|grand total|totals?|sum|summe|gesamt(?:betrag|summe|preis)?|(?:zwischen|rechnungs|end|netto|brutto)summe|(?:netto|brutto|rechnungs|zahl|end)betrag|netto|brutto|total (?:ht|ttc|général|net)|(?:montant|net) (?:total|ht|ttc|à payer)|base imponible|importe total|totale|imponibile|totaal|razem|suma|do zapłaty|valor total|amount due|balance due|closing balance|ending balance|carried forward|end of)(?![\p{L}\d])/iu;

const partSum =
  /^(?:sub-?\s?totals?|zwischensumme|sous-total|subtotaal|subtotale|suma parcial|teilsumme|carried forward|brought forward|übertrag)\b/i;

/** A sum of a part of a table, after which more of it may come. */
export function isPartSum(line: ViewLine): boolean {
  return line.cells.some((cell) => partSum.test(cell.text));
}

/** What follows the sum of all rows, and is no row. */
const extra =
  /(?<!\p{L})(?:tax|vat|mwst|ust|tva|iva|gst|btw|discounts?|rabatt|remise|shipping|freight|versand|fracht|rounding|paid|deposit|balance|due)(?!\p{L})/iu;

export function isExtra(line: ViewLine): boolean {
  return line.cells.some((cell) => extra.test(cell.text));
}

/** Sums end a table, also when they stand beside something else that begins there. */
export function isEnd(line: ViewLine): boolean {
  return line.cells.some((cell) => sums.test(cell.text));
}

export function isTyped(field: ScalarField): boolean {
  return !['text', 'name', 'address'].includes(kindOf(field));
}
