/** A date in a text, with where it stands. */
export interface DateSpan {
  start: number;
  end: number;
  /** ISO 8601, `2025-01-03`. */
  value: string;
  /** Both readings, when nothing decides whether day or month comes first. */
  ambiguous: [string, string] | null;
}

/** Month names and their usual abbreviations, by their first letters, in the languages that documents come in. */
const months: Record<string, number> = {};
const names = [
  'jan january januar janvier enero ene gennaio gen januari janeiro jän jänner',
  'feb february februar février févr fevr fév fevrier febrero febbraio februari fevereiro fev',
  'mar march märz mrz maerz mars marzo maart mrt março marco',
  'apr april avril avr abril abr aprile',
  'may mai mayo maggio mag mei maio',
  'jun june juni juin junio giugno giu junho',
  'jul july juli juillet juil julio luglio lug julho',
  'aug august août aout agosto ago augustus',
  'sep sept september septembre septiembre settembre set setembro',
  'oct october oktober okt octobre octubre ottobre ott outubro out',
  'nov november novembre noviembre novembro',
  'dec december dezember dez décembre déc decembre diciembre dic dicembre december dezembro',
];
names.forEach((line, index) => line.split(' ').forEach((name) => (months[fold(name)] = index + 1)));

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const monthWord = String.raw`(?<month>\p{L}{3,10})\.?`;
const year = String.raw`(?<year>\d{4}|['’]?\d{2})`;
const free = '(?<![\\d\\p{L}])';
const end = '(?!\\d)';
const patterns = [
  new RegExp(`${free}(?<year>\\d{4})\\s?[-./年]\\s?(?<m>\\d{1,2})\\s?[-./月]\\s?(?<d>\\d{1,2})${end}`, 'gu'),
  new RegExp(`${free}(?<a>\\d{1,2})\\s?(?<mark>[-./])\\s?(?<b>\\d{1,2})\\s?\\k<mark>\\s?${year}${end}`, 'gu'),
  new RegExp(
    `${free}(?<d>\\d{1,2})(?:st|nd|rd|th|er|º|ª)?\\.?[\\s-]*(?:of\\s+|de\\s+|d['’])?${monthWord}[\\s,/-]*(?:de\\s+|del\\s+)?${year}${end}`,
    'giu',
  ),
  new RegExp(`${free}${monthWord}[\\s-]*(?<d>\\d{1,2})(?:st|nd|rd|th)?[\\s,-]+${year}${end}`, 'giu'),
  new RegExp(`${free}(?<year>\\d{4})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\\d|3[01])${end}`, 'gu'),
];

/** Month first, day first, or unknown when the locale names no region. */
export function dateOrder(locale: string): 'month' | 'day' | null {
  if (!/[-_]/.test(locale) && locale.toLowerCase() === 'en') return null;
  const parts = new Intl.DateTimeFormat(locale).formatToParts(new Date(Date.UTC(2000, 10, 25)));
  const first = parts.find(({ type }) => type === 'day' || type === 'month');
  return first?.type === 'month' ? 'month' : 'day';
}

/** Every date in a text in the usual forms of many languages, left to right. */
export function findDates(text: string, locale: string): DateSpan[] {
  const found: DateSpan[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const read = readMatch(match.groups ?? {}, locale);
      if (!read) continue;
      const span = { start: match.index, end: match.index + match[0].length, ...read };
      if (!found.some((other) => other.start < span.end && span.start < other.end)) found.push(span);
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The one date that a text is, or holds. */
export function parseDate(text: string, locale: string): DateSpan | null {
  const found = findDates(text, locale);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function readMatch(
  groups: Record<string, string | undefined>,
  locale: string,
): Pick<DateSpan, 'value' | 'ambiguous'> | null {
  const fullYear = yearOf(groups.year ?? '');
  if (groups.a && groups.b) return readOrdered(Number(groups.a), Number(groups.b), fullYear, groups.mark ?? '', locale);
  const month = groups.month ? months[fold(groups.month)] : Number(groups.m);
  const value = month ? iso(fullYear, month, Number(groups.d)) : null;
  return value ? { value, ambiguous: null } : null;
}

function readOrdered(a: number, b: number, fullYear: number, mark: string, locale: string) {
  const [dayFirst, monthFirst] = [iso(fullYear, b, a), iso(fullYear, a, b)];
  if (!dayFirst || !monthFirst) {
    const value = dayFirst ?? monthFirst;
    return value ? { value, ambiguous: null } : null;
  }
  // Nobody writes the month first with dots.
  const order = mark === '.' ? 'day' : dateOrder(locale);
  const value = order === 'month' ? monthFirst : dayFirst;
  const ambiguous: [string, string] | null = order || dayFirst === monthFirst ? null : [dayFirst, monthFirst];
  return { value, ambiguous };
}

function yearOf(text: string): number {
  const number = Number(text.replace(/\D/g, ''));
  if (number >= 100) return number;
  return number < 70 ? 2000 + number : 1900 + number;
}

function iso(fullYear: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(fullYear, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && fullYear >= 1900 && fullYear <= 2100;
  return isReal ? date.toISOString().slice(0, 10) : null;
}
