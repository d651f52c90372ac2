import { Decimal } from 'decimal.js';
import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import { findCurrency, printedForms } from '#lib/core/normalise/currency.ts';
import { findDates } from '#lib/core/normalise/date.ts';
import { findTimes, isSameTime } from '#lib/core/normalise/time.ts';
import { isPlainNumber } from '#lib/core/normalise/digits.ts';
import { findNumbers, type NumberSpan } from '#lib/core/normalise/number.ts';
import { lettersAndDigits } from './letters.ts';
import type { IndexedLine, PageIndex } from './index-page.ts';
import { cellKindOf, cellsHolding } from './typed-cells.ts';

interface Span {
  start: number;
  end: number;
}

/** Of a number printed with the other sign, or none: found, but not as it was said. */
type Sign = 'same' | 'any';

/**
 * Every place where a typed value is printed in any form of its type: numbers in both marks, dates in all usual forms,
 * a currency by sign, code or name. `within`: only these words are looked at. `sign`: of numbers.
 */
export function findByValue(
  index: PageIndex,
  value: Scalar,
  field: ScalarField,
  locale: string,
  within: readonly number[] | null,
  sign: Sign = 'same',
): number[][] {
  if (field.format === 'date-time' && !hasTime(index, String(value))) return [];
  const spansOf = spanFinder(value, field, locale, sign);
  const allowed = within && new Set(within);
  const lines = allowed ? index.lines.filter((line) => line.words.some((word) => allowed.has(word))) : index.lines;
  const kind = cellKindOf(field);
  // What a cell of a worksheet holds counts, and not what its text might mean.
  const isTyped = (word: number) => kind !== null && index.words[word]?.typed?.kind === kind;
  return lines.flatMap((line) =>
    [
      ...cellsHolding(index, line, value, field, sign),
      ...spansOf(line.text)
        .map((span) => wordsOf(line, span))
        .filter((words) => !words.some(isTyped)),
    ].filter((words) => words.length > 0 && (!allowed || words.some((word) => allowed.has(word)))),
  );
}

/** A moment's time may be printed apart from its date; midnight need not be. */
function hasTime({ lines }: PageIndex, moment: string): boolean {
  const [, time = ''] = moment.split('T');
  if (time === '' || time.startsWith('00:00')) return true;
  return lines.some(({ text }) => findTimes(text).some((found) => isSameTime(found, time)));
}

function spanFinder(value: Scalar, field: ScalarField, locale: string, sign: Sign): (text: string) => Span[] {
  const wanted = String(value);
  if (isNumber(value, field)) {
    return (text) => [
      ...findNumbers(text, locale).filter((found) => isSameNumber(text, found, wanted, sign)),
      ...yearSpans(text, Number(wanted)),
    ];
  }
  switch (field.format) {
    case 'date':
    case 'date-time':
      return (text) => findDates(text, locale).filter(({ readings }) => readings.includes(wanted.slice(0, 10)));
    case 'time':
      return (text) => findTimes(text).filter((found) => isSameTime(found, wanted));
    case 'currency':
      return (text) => currencySpans(text, wanted, locale);
    case 'iban':
    case 'phone':
      return (text) => digitSpans(text, wanted);
    case 'email':
    case 'uri':
      return (text) => addressSpans(text, wanted);
    default:
      return () => [];
  }
}

/** A number, or one that is kept as the text of its digits. */
export function isNumber(value: Scalar, { type }: ScalarField): boolean {
  return typeof value === 'number' || (type !== 'string' && isPlainNumber(String(value)));
}

/** Digit by digit. With `any`, whatever its sign, and when it is only a bound: `< 50` is not 50. */
function isSameNumber(text: string, { start, digits, other }: NumberSpan, wanted: string, sign: Sign): boolean {
  const plain = new Decimal(wanted);
  if (sign === 'any') return [digits, other ?? digits].some((one) => plain.abs().eq(new Decimal(one).abs()));
  return !isBound(text, start) && [digits, other ?? digits].some((one) => plain.eq(new Decimal(one)));
}

const bound = /(?:[<≤≥~≈±]|(?<![-=])>)\s?$/;

/** Whether a number is only said to be more, less or about this. */
export function isBound(text: string, numberStart: number): boolean {
  return bound.test(text.slice(Math.max(0, numberStart - 3), numberStart));
}

/** A year of a span of years: `2019–2021`, `2019/20` hold 2019. */
function yearSpans(text: string, value: number): Span[] {
  if (!Number.isInteger(value) || value < 1000 || value > 2999) return [];
  return [...text.matchAll(yearOfSpan)].filter(([year]) => year === String(value)).map(spanOf);
}

const yearOfSpan = /(?<![\d.,])\d{4}(?=\s?[-–—/]\s?\d{2,4}(?![\d.,]))|(?<=(?<!\d)\d{4}\s?[-–—/]\s?)\d{4}(?!\d)/g;

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}

function currencySpans(text: string, code: string, locale: string): Span[] {
  const first = findCurrency(text, locale);
  if (first?.value === code) return [first];
  return printedForms(code).flatMap((form) => {
    const at = text.indexOf(form);
    return at < 0 ? [] : [{ start: at, end: at + form.length }];
  });
}

/** No phone number and no IBAN is longer. */
const maxGroupedSigns = 40;

/** A number that is printed in groups: its characters in order, with anything but letters and digits between. */
function digitSpans(text: string, wanted: string): Span[] {
  const signs = [...lettersAndDigits(wanted).replace(/^00/, '')];
  if (signs.length > maxGroupedSigns) return [];
  // The country code of a phone number is not always printed.
  const national = signs.length > 9 ? signs.slice(-9) : signs;
  for (const candidate of [signs, national]) {
    const pattern = new RegExp(candidate.join(String.raw`[^\p{L}\p{N}]{0,3}`), 'giu');
    const found = [...text.matchAll(pattern)].map(spanOf);
    if (found.length > 0) return found;
  }
  return [];
}

/** Of a mailbox or a website, which has one printed form: also one that is misread is the same text. */
export function isAddress({ format }: ScalarField): boolean {
  return format === 'email' || format === 'uri';
}

/** In either case, and not as a part of a longer one; what brackets or ends it does not count. */
function addressSpans(text: string, wanted: string): Span[] {
  const [hay, needle] = [inSmallLetters(text), inSmallLetters(wanted)];
  const spans: Span[] = [];
  for (let start = hay.indexOf(needle); start >= 0; start = hay.indexOf(needle, start + 1)) {
    const end = start + needle.length;
    if (!/[\w.+@-]$/.test(text.slice(0, start)) && !/^(?:[\w@-]|[./?=&]\w)/.test(text.slice(end)))
      spans.push({ start, end });
  }
  return spans;
}

/** As long as the text. */
function inSmallLetters(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function wordsOf(line: IndexedLine, { start, end }: Span): number[] {
  return [...new Set(line.wordAt.slice(start, end).filter((word) => word >= 0))];
}
