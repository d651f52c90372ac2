import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Candidate } from './candidate.ts';
import { findSpans } from './kinds.ts';
import { textOf, type View, wordsOfSpan } from './view.ts';

const sumWord =
  /(?<!\p{L})(total|totals|summe|sum|gesamt\p{L}*|betrag|rechnungsbetrag|montant|importe|totale|amount|payable|due|à payer|zu zahlen|zahlbetrag)(?!\p{L})/iu;
const partWord =
  /(?<!\p{L})(sub|netto|net|ht|hors|excl|exkl|tax|vat|mwst|ust|tva|gst|discount|rabatt|remise|cash|change|paid|tender|rounding|qty|items?|saving|acompte|anzahlung)(?!\p{L})/iu;
const wholeWord =
  /(?<!\p{L})(inkl|incl|including|inclusive|ttc|brutto|grand|due|payable|à payer|zahlbetrag)(?!\p{L})/iu;

const taxSum =
  /(?<!\p{L})(total|summe|gesamt\p{L}*|montant)\s*(des?\s+|der\s+)?(tax(es)?|vat|tva|mwst|ust|gst|iva|btw)(?!\p{L})|(?<!\p{L})(tax|vat|tva|mwst|ust|gst)\s*(total|amount|gesamt|summe|betrag)(?!\p{L})/iu;

/** The amount on a line that speaks of all taxes together. */
export function taxTotal(view: View, field: ScalarField, locale: string): Candidate[] {
  return view.lines.flatMap((line) =>
    line.cells.flatMap((cell, place) => {
      const sum = taxSum.exec(cell.text);
      if (!sum || /(incl|inkl|excl|exkl|ohne|before)/i.test(cell.text)) return [];
      const words = [cell, ...line.cells.slice(place + 1)].flatMap((one) => one.words);
      const text = textOf(words);
      const span = findSpans(text, 'number', field, locale).findLast(({ fit }) => fit === 1);
      if (!span) return [];
      const found = wordsOfSpan(words, span.start, span.end);
      return [
        {
          words: found,
          text: text.slice(span.start, span.end),
          score: 0.97,
          reason: 'as the sum of taxes',
          value: span.value,
        },
      ];
    }),
  );
}

/** The largest amount on a line that speaks of a sum, the later of equal ones. */
export function largestSum(view: View, field: ScalarField, locale: string): Candidate[] {
  const sums = view.lines.flatMap((line) => {
    const text = textOf(line.words);
    if (!sumWord.test(text) || (partWord.test(text) && !wholeWord.test(text))) return [];
    const span = findSpans(text, 'number', field, locale).findLast(({ fit }) => fit === 1);
    if (!span) return [];
    const words = wordsOfSpan(line.words, span.start, span.end);
    const score = wholeWord.test(text) ? 0.66 : 0.58;
    return [{ words, text: text.slice(span.start, span.end), score, reason: 'as the largest sum', value: span.value }];
  });
  const largest = Math.max(...sums.map(({ value }) => Math.abs(value ?? 0)));
  return sums.filter(({ value }) => Math.abs(value ?? 0) === largest).slice(-1);
}
