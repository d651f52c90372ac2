import type { ScalarField } from '#lib/core/fields/field.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { kindOf } from './kinds.ts';
import { isEnd, isExtra, isTyped, type Table, type TableValue } from './table-parts.ts';
import { type Cell, textOf, type View, type ViewLine, wordsOfSpan } from './view.ts';

const amountName = /amount|total|price|betrag|montant|importe|importo|bedrag|preis|prix|precio|prezzo|prijs/i;
/** The mark of a rate of tax, or a currency, behind an amount. */
const behindAmount = /^(?:[A-Z*#]{1,2}|\p{Sc}|EUR|USD|GBP)?$/u;
/** `2 x` and `2` before what was bought. */
const ahead = /^\d{1,3}(?:[.,]0{1,3})?[ \t]?(?:[x×*]|st\.?|pcs?\.?)?[ \t](?=\p{L})/iu;
/** Before an amount. */
const currency = /(?:\p{Sc}|\b(?:EUR|USD|GBP))$/u;
/** Dates, times and card numbers are on lines that end with an amount too. */
const otherLine = /\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d{2}|\*{3,}|:\s*$/;

/**
 * What is bought, on a slip without a header: lines of a text that end with an amount, above the first sum. Such lines are
 * as often something else, so that whoever reads them should look.
 */
export function readPricedLines(view: View, columns: readonly ScalarField[], locale: string): Table {
  const text = columns.find((column) => !isTyped(column));
  const amounts = columns.filter((column) => kindOf(column) === 'number' && amountName.test(column.name));
  const amount = amounts.find(({ name }) => /amount|total/i.test(name)) ?? amounts[0];
  const end = view.lines.findIndex(isEnd);
  if (!text || !amount || columns.length > 4 || end < 0) return { rows: [], rowsSeen: 0 };
  const lines = view.lines.slice(0, end);
  // Where lines have several columns of figures, they are a table, and of another list.
  if (lines.some((line) => line.cells.filter(isFigure).length > 1)) return { rows: [], rowsSeen: 0 };
  const rows = lines.flatMap((line) => {
    const row = pricedLine(line, text, amount, locale);
    return row ? [row] : [];
  });
  return { rows, rowsSeen: 0, doubt: 'lines' };
}

const isFigure = ({ text }: Cell) => /\d/.test(text) && !/\p{L}/u.test(text);

function pricedLine(line: ViewLine, text: ScalarField, amount: ScalarField, locale: string): TableValue[] | null {
  const printed = textOf(line.words);
  const number = findNumbers(printed, locale).at(-1);
  if (!number?.isMoney || !behindAmount.test(printed.slice(number.end).trim()) || isExtra(line)) return null;
  const before = printed.slice(0, number.start);
  const start = ahead.exec(before)?.[0].length ?? 0;
  const name = before.slice(start).trimEnd().replace(currency, '').replace(/\s+/g, ' ').trim();
  if (!/\p{L}{3}/u.test(name) || otherLine.test(before)) return null;
  return [
    { column: text, text: name, words: wordsOfSpan(line.words, start, before.trimEnd().replace(currency, '').length) },
    {
      column: amount,
      text: printed.slice(number.start, number.end),
      words: wordsOfSpan(line.words, number.start, number.end),
    },
  ];
}
