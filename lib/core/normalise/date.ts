import { centuryOf, type Era } from './century.ts';
import { commonYear, isEraLetter, romanMonth, yearOfEra } from './calendar.ts';
import { withLatinDigits } from './digits.ts';
import { monthOf } from './months.ts';

/** A date in a text, with where it stands. */
export interface DateSpan {
  start: number;
  end: number;
  /** ISO 8601, `2025-01-03`. */
  value: string;
  /** All that it may mean: with a year of two digits it may be of either century. */
  readings: string[];
  /** The likely ones, when nothing decides whether day or month comes first, or which century is meant. */
  ambiguous: string[] | null;
}

/** What decides the century of a year of two digits. */
export interface Century {
  era?: Era;
  today?: Date;
}

// In Hebrew `in` is one letter before the name; in Thai an abbreviation has points inside.
const monthWord = String.raw`(?:ב-?)?(?<month>\p{L}[\p{L}\p{M}]{1,13}|[\u0e00-\u0e7f]{1,3}\.[\u0e00-\u0e7f]{1,2})\.?`;
const year = String.raw`(?<year>\d{4}|['’]?\d{2})`;
const free = '(?<![\\d\\p{L}])';
const end = '(?!\\d)';
const patterns = [
  new RegExp(`${free}(?<year>\\d{4})\\s?[-./年년]\\s?(?<m>\\d{1,2})\\s?[-./月월]\\s?(?<d>\\d{1,2})${end}`, 'gu'),
  new RegExp(
    `(?<era>明治|大正|昭和|平成|令和|民國|民国|พ\\.ศ\\.|(?<![\\d\\p{L}])[MTSHR])\\s?(?<eraYear>\\d{1,4}|元)\\s?[-./年]\\s?(?<m>\\d{1,2})\\s?[-./月]\\s?(?<d>\\d{1,2})${end}`,
    'gu',
  ),
  new RegExp(`${free}(?<d>\\d{1,2})\\s?[-./]\\s?(?<roman>[IVX]{1,4})\\s?[-./]\\s?${year}${end}`, 'gu'),
  new RegExp(`${free}(?<year>\\d{4})(?:\\.|\\sm\\.|ko)?\\s+${monthWord}\\s+(?<d>\\d{1,2})${end}`, 'giu'),
  new RegExp(`${free}(?<year>\\d{4})\\.\\s?gada\\s+(?<d>\\d{1,2})\\.?\\s+${monthWord}`, 'giu'),
  new RegExp(
    `${free}(?<d>\\d{1,2})\\s+tháng\\s+(?<m>\\d{1,2})(?:\\s?[,/-]\\s?|\\s+năm\\s+)(?<year>\\d{4})${end}`,
    'giu',
  ),
  new RegExp(`${free}(?<a>\\d{1,2})\\s?(?<mark>[-./])\\s?(?<b>\\d{1,2})\\s?\\k<mark>\\s?${year}${end}`, 'gu'),
  new RegExp(
    `${free}(?<d>\\d{1,2})(?:st|nd|rd|th|er|º|ª)?\\.?[\\s/-]*(?:(?:day\\s+)?of\\s+|de\\s+|d['’])?${monthWord}[\\s,/-]*(?:de\\s+|del\\s+)?${year}${end}`,
    'giu',
  ),
  new RegExp(`${free}${monthWord}[\\s-]*(?<d>\\d{1,2})(?:st|nd|rd|th)?[\\s,-]+${year}${end}`, 'giu'),
  new RegExp(`${free}(?<year>\\d{4})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])${end}`, 'gu'),
];

const orders = new Map<string, 'month' | 'day' | null>();

/** Month first, day first, or unknown when the locale names no region. */
export function dateOrder(locale: string): 'month' | 'day' | null {
  const known = orders.get(locale);
  if (known !== undefined) return known;
  const order = readOrder(locale);
  orders.set(locale, order);
  return order;
}

function readOrder(locale: string): 'month' | 'day' | null {
  if (!/[-_]/.test(locale) && locale.toLowerCase() === 'en') return null;
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(Date.UTC(2000, 10, 25)));
  const first = parts.find(({ type }) => type === 'day' || type === 'month');
  return first?.type === 'month' ? 'month' : 'day';
}

/** Every date in a text in the usual forms of many languages, left to right. */
export function findDates(text: string, locale: string, century: Century = {}): DateSpan[] {
  const found: DateSpan[] = [];
  const plain = withLatinDigits(text);
  for (const pattern of patterns) {
    for (const match of plain.matchAll(pattern)) {
      const read = readMatch(match.groups ?? {}, locale, century);
      if (!read) continue;
      const span = { start: match.index, end: match.index + match[0].length, ...read };
      if (!found.some((other) => other.start < span.end && span.start < other.end)) found.push(span);
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The one date that a text is, or holds. */
export function parseDate(text: string, locale: string, century: Century = {}): DateSpan | null {
  const found = findDates(text, locale, century);
  return found.length === 1 ? (found[0] ?? null) : null;
}

type Read = Pick<DateSpan, 'value' | 'readings' | 'ambiguous'>;

function readMatch(groups: Record<string, string | undefined>, locale: string, century: Century): Read | null {
  const { a, b, mark = '', month: word } = groups;
  const month = word ? monthOf(word, locale) : groups.roman ? romanMonth(groups.roman) : Number(groups.m);
  const days = a && b ? ordersOf(Number(a), Number(b), mark, locale) : month ? [{ month, day: Number(groups.d) }] : [];
  const { era, eraYear = '' } = groups;
  if (era && isEraLetter(era) && new Intl.Locale(locale).language !== 'ja') return null;
  const given = era ? String(yearOfEra(era, eraYear)) : (groups.year ?? '');
  const { likely, other, isSure } = yearsOf(given, century);
  const dates = (years: readonly number[]) =>
    years.flatMap((year) => days.flatMap((one) => iso(year, one.month, one.day) ?? []));
  const usual = dates([likely]);
  const readings = [...new Set([...usual, ...dates(other)])];
  const [value] = readings;
  if (value === undefined) return null;
  const open = new Set(isSure ? usual : readings);
  return { value, readings, ambiguous: open.size > 1 ? [...open] : null };
}

interface Day {
  month: number;
  day: number;
}

/** The days that two numbers may be: one where the locale, the mark or the numbers decide which of them is the month. */
function ordersOf(a: number, b: number, mark: string, locale: string): Day[] {
  const [dayFirst, monthFirst] = [
    { month: b, day: a },
    { month: a, day: b },
  ];
  if (a > 12 || b > 12) return [a > 12 ? dayFirst : monthFirst];
  // No one writes the month first with dots.
  const order = mark === '.' ? 'day' : dateOrder(locale);
  if (order) return [order === 'month' ? monthFirst : dayFirst];
  return [dayFirst, monthFirst];
}

function yearsOf(text: string, { era = 'any', today = new Date() }: Century) {
  const number = Number(text.replace(/\D/g, ''));
  if (number >= 100) return { likely: commonYear(number), other: [], isSure: true };
  const { year, other, isSure } = centuryOf(number, era, today);
  return { likely: year, other: [other], isSure };
}

function iso(fullYear: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(fullYear, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && fullYear >= 1900 && fullYear <= 2100;
  return isReal ? date.toISOString().slice(0, 10) : null;
}
