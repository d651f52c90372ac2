import { Decimal } from 'decimal.js';

/** A number in a text, with where it stands. */
export interface NumberSpan {
  start: number;
  end: number;
  value: number;
  /** It has a decimal part of two digits, or a currency beside it: likely an amount. */
  isMoney: boolean;
}

const signs = '€$£¥₹₽₩฿₫₪₴';
const codes =
  'EUR|USD|GBP|CHF|JPY|CNY|MYR|SGD|AUD|CAD|NZD|INR|HKD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|THB|IDR|PHP|TRY|RM|Rs|kr|zł|R\\$|S\\$|US\\$|A\\$|C\\$|Fr\\.';
// In India the groups before the last one have two digits: `1,00,000.00`. Nothing has more than eight groups: a table of
// codes such as `101 102 103 …` is many numbers.
const digits = String.raw`\d{1,2}(?:,\d{2}){1,8},\d{3}(?:\.\d+)?|\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,8}(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+`;
const pattern = new RegExp(
  String.raw`(?<![\p{L}\d.,/-])(?:(?<open>\()\s*)?(?:(?<minus>[-−–])[^\S\t]*)?(?<before>(?:[${signs}]|(?:${codes})(?![\p{L}]))\s*)?(?<minus2>[-−–])?(?<digits>${digits})(?<trailing>[-−](?![\d\p{L}]))?\s?(?<after>[${signs}%]|(?:${codes})(?![\p{L}\d]))?(?<close>\))?(?![\d/]|[.,]\d|-\d)`,
  'giu',
);

/** Which of `.` and `,` begins the decimals in a locale. */
export function decimalMark(locale: string): '.' | ',' {
  const part = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal');
  return part?.value === ',' ? ',' : '.';
}

/** Every number in a text, in both marks: `1.234,50`, `1 234,50`, `1,234.50`, `(12.50)`, `12.50-`. Dates are none. */
export function findNumbers(text: string, locale: string): NumberSpan[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const groups = match.groups ?? {};
    const value = valueOf(groups.digits ?? '', locale);
    if (value === null) return [];
    const negative = Boolean(groups.minus ?? groups.minus2 ?? groups.trailing) || Boolean(groups.open && groups.close);
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const money =
      Boolean(groups.before) || Boolean(groups.after && groups.after !== '%') || /[.,]\d{2}$/.test(groups.digits ?? '');
    return [{ start, end: match.index + match[0].trimEnd().length, value: negative ? -value : value, isMoney: money }];
  });
}

/** The one number that a text is, with sign, currency or unit around it; null when there is none, or several. */
export function parseNumber(text: string, locale: string): number | null {
  const found = findNumbers(text.trim(), locale);
  return found.length === 1 ? (found[0]?.value ?? null) : null;
}

/**
 * Digits with marks as a number. Two different marks: the last begins the decimals. One mark several times, or before
 * exactly three digits where the locale's decimals begin otherwise: it groups thousands.
 */
function valueOf(text: string, locale: string): number | null {
  const bare = text.replace(/['’\s\u00a0\u202f]/g, '');
  const lastDot = bare.lastIndexOf('.');
  const lastComma = bare.lastIndexOf(',');
  let decimal = '';
  if (lastDot >= 0 && lastComma >= 0) decimal = lastDot > lastComma ? '.' : ',';
  else if (lastDot >= 0 || lastComma >= 0) {
    const mark = lastDot >= 0 ? '.' : ',';
    const parts = bare.split(mark);
    const grouped =
      parts.length > 2 ||
      (parts[1]?.length === 3 && parts[0] !== '0' && parts[0] !== '' && decimalMark(locale) !== mark);
    decimal = grouped ? '' : mark;
  }
  const plain = [...bare].flatMap((sign) => (sign === decimal ? '.' : /\d/.test(sign) ? sign : [])).join('');
  return /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(plain)
    ? new Decimal(plain.startsWith('.') ? `0${plain}` : plain).toNumber()
    : null;
}
