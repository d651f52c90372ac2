import { withLatinDigits } from './digits.ts';

/** What begins the decimals of a number. */
export type DecimalMark = '.' | ',';

/** Which of `.` and `,` begins the decimals in a locale. */
export function decimalMark(locale: string): DecimalMark {
  const part = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal');
  return part?.value === ',' ? ',' : '.';
}

/** Numbers that can be read in one way alone: `1.234,50` and `1.234.567` are sure, `12,50` may also be a date or a code. */
const groups = {
  '.': /(?<![\d.,])\d{1,3}(?:(?:,\d{3}){1,8}\.\d{1,2}|(?:,\d{3}){2,8})(?![\d.,])/g,
  ',': /(?<![\d.,])\d{1,3}(?:(?:\.\d{3}){1,8},\d{1,2}|(?:\.\d{3}){2,8})(?![\d.,])/g,
};
const cents = {
  '.': /(?<![\d.,/:-])\d{1,9}\.\d{2}(?![\d.,/:-])/g,
  ',': /(?<![\d.,/:-])\d{1,9},\d{2}(?![\d.,/:-])/g,
};
/** One sure number, or so many likely ones, decide; a single one of the other kind leaves it open. */
const likelyNumbers = 3;

/** The mark that begins the decimals of a text's numbers, as far as they show it; null when they do not, or differ. */
export function decimalMarkIn(text: string): DecimalMark | null {
  const latin = withLatinDigits(text);
  const count = (mark: DecimalMark) => likelyNumbers * countOf(latin, groups[mark]) + countOf(latin, cents[mark]);
  const [points, commas] = [count('.'), count(',')];
  if (points >= likelyNumbers && commas === 0) return '.';
  return commas >= likelyNumbers && points === 0 ? ',' : null;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Locales whose decimals begin so. */
const localeOf = { '.': 'en-US', ',': 'de-DE' } as const;

/** The locale by which the numbers of a text are to be read: the given one, unless all that it shows is the other mark. */
export function numbersLocale(text: string, locale: string): string {
  const shown = decimalMarkIn(text);
  return shown === null || shown === decimalMark(locale) ? locale : localeOf[shown];
}
