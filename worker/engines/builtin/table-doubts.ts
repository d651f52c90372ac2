import type { ReadValue } from '#lib/core/values/value.ts';
import type { ListField, ScalarField } from '#lib/core/fields/field.ts';
import type { ListPlace } from '#lib/core/layouts/lesson.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { kindOf } from './kinds.ts';
import { isTyped, type Table, type TableValue } from './table-parts.ts';

type Fit = Pick<ReadValue, 'fit'>;

/** A column is one of the table's when so many of its rows have a value in it. */
const usualShare = 0.6;
/** Of cells that a person should look at. */
const doubtfulFit = 0.3;

/** What speaks against a table as a whole: hardly any of the list's columns are in it, so it may be another one, or none. */
export function doubtOfTable(rows: readonly TableValue[][], wanted: number): Fit {
  const counts = Map.groupBy(
    rows.flatMap((row) => row.map(({ column }) => column)),
    (column) => column,
  );
  const found = [...counts.values()].filter(({ length }) => length >= usualShare * rows.length).length;
  return found > 2 || found * 2 > wanted ? {} : doubt(`from a table that has ${found} of ${wanted} columns`);
}

/** What speaks against lines that no header makes a table, and against rows that no figures tell apart. */
export const doubtOf: Readonly<Record<NonNullable<Table['doubt']>, Fit>> = {
  lines: doubt('from lines that end with an amount, without a header'),
  texts: doubt('from a table without figures'),
  stacked: doubt('from a table whose rows have several lines'),
};

/** What speaks against a row that lacks a column which every row has in verified documents. */
export function doubtOfGaps(row: readonly TableValue[], place: ListPlace | undefined): Fit {
  const full = place?.columns.filter(({ isFull }) => isFull) ?? [];
  const missing = full.find(({ name }) => row.every(({ column }) => column.name !== name));
  return missing ? doubt(`from a row without ${missing.name}, which all rows of verified documents have`) : {};
}

/** What speaks against a text that verified documents have only the beginning of. */
export function doubtOfPart({ column }: TableValue, place: ListPlace | undefined): Fit {
  const known = place?.columns.find(({ name }) => name === column.name);
  return known?.isWhole === false && !isTyped(column) ? doubt('to its end, which verified documents leave out') : {};
}

const factors = {
  quantity: /quantity|qty|menge|anzahl|quantit[ée]|cantidad|aantal|units$/i,
  price:
    /unit.?price|price.?per|^price$|^rate$|einzelpreis|stückpreis|prix.?unitaire|precio.?unitario|prezzo.?unitario/i,
  amount: /amount|total|betrag|montant|importe|importo|bedrag/i,
};
/** Prices are rounded, and so are amounts. */
const maxRounding = 0.015;

/** What speaks against a row's figures: quantity times price is not its amount, within what rounding explains. */
export function doubtOfRow(row: readonly TableValue[], list: ListField, locale: string): (value: TableValue) => Fit {
  const columns = list.item.kind === 'object' ? list.item.fields : [];
  const scalars = columns.filter(
    (field): field is ScalarField => field.kind === 'scalar' && kindOf(field) === 'number',
  );
  const parts = (['quantity', 'price', 'amount'] as const).map((part) => {
    const named = scalars.filter(({ name, label }) => factors[part].test(name) || factors[part].test(label));
    return named.length === 1 ? row.find(({ column }) => column === named[0]) : undefined;
  });
  const [quantity, price, amount] = parts.map((part) => part && findNumbers(part.text, locale)[0]?.value);
  if (quantity === undefined || price === undefined || amount === undefined) return () => ({});
  const difference = Math.abs(Math.abs(quantity * price) - Math.abs(amount));
  if (difference <= Math.max(maxRounding, Math.abs(quantity) * 0.006)) return () => ({});
  const wrong = doubt('from a row in which quantity times price is not the amount');
  return (value) => (parts.includes(value) ? wrong : {});
}

function doubt(reason: string): Fit {
  return { fit: { score: doubtfulFit, reason, isLabelled: true } };
}
