import { Decimal } from 'decimal.js';
import { currencyDigits } from './currency.ts';
import { type DecimalMark, decimalMark } from './decimal-mark.ts';
import { plainDigits, withLatinDigits } from './digits.ts';

/** A number in a text, with where it stands. */
export interface NumberSpan {
  start: number;
  end: number;
  /** Rounded to what a JSON number holds. */
  value: number;
  /** All its digits: `-12345678901234567890.5`. */
  digits: string;
  /** It has a decimal part of two digits, or a currency beside it: likely an amount. */
  isMoney: boolean;
  /** Another number that the same print may be: `1.234` may be 1234, `5.00 DR` may be −5. */
  other: number | null;
  /** The other one is about as likely. */
  isAmbiguous: boolean;
}

const codes =
  'EUR|USD|GBP|CHF|JPY|CNY|MYR|SGD|AUD|CAD|NZD|INR|HKD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|THB|IDR|PHP|TRY|AED|SAR|RM|Rs\\.?|Rp\\.?|KSh|Tk|kr\\.?|zł|Kč|NT\\$|HK\\$|R\\$|S\\$|US\\$|A\\$|C\\$|Fr\\.';
// In India the groups before the last one have two digits: `1,00,000.00`. Nothing has more than eight groups: a table of
// codes such as `101 102 103 …` is many numbers.
const digits = String.raw`(?:\d{1,9} ?)?[¼½¾⅛⅜⅝⅞]|\d{1,2}(?:,\d{2}){1,8},\d{3}(?:\.\d+)?|\d{1,3}(?:[.,'’\u0060´ʼ′\u00a0\u202f ]\d{3}){1,8}(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+`;
const pattern = new RegExp(
  String.raw`(?<![\p{L}\d.,/-])(?:(?<open>\()\s*|(?<angle><)(?=[^<>\t]{1,24}>)\s?|(?<square>\[)(?=[^[\]\t]{1,24}\])\s?)?(?:(?<minus>[-−–▲△]|minus(?=\s))[^\S\t]*)?(?<before>(?:\p{Sc}|(?:${codes})(?![\p{L}]))\s*)?(?<minus2>[-−–])?(?:(?<sideBefore>[cd]r)\s)?(?<digits>${digits})(?<cents>[.,]?[⁰¹²³⁴-⁹]{2}(?![⁰¹²³⁴-⁹]))?(?<exponent>e[-+]?\d{1,2}(?![\p{L}\d]))?(?<whole>[.,]?(?:[-–—]{2}|[–—])(?![\d\p{L}])|[.,]-(?![-\d\p{L}])|\/[-=](?![\d\p{L}]))?(?<trailing>(?:[-−]|(?<=\d[.,]\d{2}) [-−](?=\s*(?:$|\t)))(?![\d\p{L}]))?(?:\s?(?<scale>millions?|millionen|mio\.?|billions?|bn|milliarden|milliards|mrd\.?|lakhs?|crores?)(?![\p{L}\d]))?\s?(?<after>[%\p{Sc}]|(?:${codes})(?![\p{L}\d]))?(?<minusAfter>(?<=[\p{Sc}\p{L}])[-−](?![\d\p{L}])|\s?\([-−–]\))?(?:(?<close>\))|(?<angleEnd>\s?>)|(?<squareEnd>\s?\]))?(?:\s?(?<side>[cd]r|od|(?<=[.,]\d{2}\s)[sh](?=\s*(?:$|\t)))(?![\p{L}\d])|\s?\((?<sideIn>[cd]r|od)\.?\))?(?![\d/]|[.,]\d|-\d)`,
  'giu',
);

type Groups = Record<string, string | undefined>;

/**
 * Every number in a text, in both marks: `1.234,50`, `1 234,50`, `1,234.50`, `(12.50)`, `12.50-`, `1e5`. Dates are none.
 * `isMarkShown`: other numbers beside it leave no doubt which mark begins the decimals.
 */
export function findNumbers(text: string, locale: string, isMarkShown = false): NumberSpan[] {
  const mark = decimalMark(locale);
  return [...withLatinDigits(text).matchAll(pattern)].flatMap((match) => {
    const read = readNumber(match.groups ?? {}, { mark, locale, isMarkShown });
    if (!read) return [];
    const start = match.index + (match[0].length - match[0].trimStart().length);
    return [{ start, end: match.index + match[0].trimEnd().length, ...read }];
  });
}

/** The one number that a text is, with sign, currency or unit around it; null when there is none, or several. */
export function parseNumber(text: string, locale: string, isMarkShown = false): NumberSpan | null {
  const found = findNumbers(text.trim(), locale, isMarkShown);
  return found.length === 1 ? (found[0] ?? null) : null;
}

interface Style {
  mark: DecimalMark;
  locale: string;
  isMarkShown: boolean;
}

function readNumber(groups: Groups, style: Style): Omit<NumberSpan, 'start' | 'end'> | null {
  const { digits: plain = '', exponent = '', cents, whole, before, after } = groups;
  const printed = cents ? withCents(plain, cents) : withoutFraction(plain);
  const currency = before ?? (after === '%' ? undefined : after);
  const isMoney = currency !== undefined || whole !== undefined || /[.,]\d{2}$/.test(printed);
  // `1.234,--` has no decimals, so that its point groups thousands.
  const { likely, other, isAmbiguous } = whole
    ? { likely: printed.replace(/\D/g, ''), other: null, isAmbiguous: false }
    : readings(printed, currency?.trim() ?? null, style);
  if (likely === null) return null;
  const isNegative = hasMinus(groups, style.locale) || isInBrackets(groups, isMoney);
  const exact = (plain: string) => new Decimal(`${isNegative ? '-' : ''}${plain}${exponent}`);
  const side = isMoney ? sideOf(groups, style.locale) : null;
  if (side) {
    // Whose debit it is decides the sign: what a bank owes is a credit to its customer.
    const value = side === 'debit' ? exact(likely).abs().negated() : exact(likely);
    return { ...numberOf(value), isMoney, other: value.negated().toNumber(), isAmbiguous: true };
  }
  if (groups.scale) {
    // Its column may be one of millions.
    const factor = scales.find(([words]) => words.test(groups.scale ?? ''))?.[1] ?? 1;
    return { ...numberOf(exact(likely).times(factor)), isMoney, other: exact(likely).toNumber(), isAmbiguous: true };
  }
  return { ...numberOf(exact(likely)), isMoney, other: other === null ? null : exact(other).toNumber(), isAmbiguous };
}

const scales: readonly [RegExp, number][] = [
  [/^million|^mio/i, 1e6],
  [/^b|^milliard|^mrd/i, 1e9],
  [/^lakh/i, 1e5],
  [/^crore/i, 1e7],
];

/** Round brackets around a number, and around an amount also others. */
function isInBrackets({ open, close, angle, angleEnd, square, squareEnd }: Groups, isMoney: boolean): boolean {
  return Boolean((open && close) || (isMoney && ((angle && angleEnd) || (square && squareEnd))));
}

/** `CR`, `DR` and `OD`; in German `H` (Haben) and `S` (Soll). */
function sideOf({ side, sideIn, sideBefore }: Groups, locale: string): 'credit' | 'debit' | null {
  const said = (side ?? sideIn ?? sideBefore)?.toLowerCase();
  if (said === undefined) return null;
  if (said.length === 1 && new Intl.Locale(locale).language !== 'de') return null;
  return said === 'cr' || said === 'h' ? 'credit' : 'debit';
}

/** In Japan a triangle is a minus; elsewhere it is an arrow. */
function hasMinus({ minus, minus2, trailing, minusAfter }: Groups, locale: string): boolean {
  const isArrow = /^[▲△]$/.test(minus ?? '') && new Intl.Locale(locale).language !== 'ja';
  return Boolean((isArrow ? undefined : minus) ?? minus2 ?? trailing ?? minusAfter);
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Cents are printed small and raised: `25²⁷`, `25.⁹⁹`, `1.234⁵⁰`. Behind a number with decimals they are a note's number. */
function withCents(plain: string, raised: string): string {
  if (!/^(?:\d+|\d{1,3}(?:\D\d{3})+)$/.test(plain)) return plain;
  const cents = [...raised].map((sign) => superscripts.indexOf(sign)).filter((digit) => digit >= 0);
  return `${plain.replace(/\D/g, '')}.${cents.join('')}`;
}

/** Four decimals: three could be thousands, two could be cents. */
const fractions: Readonly<Record<string, string>> = {
  '¼': '.2500',
  '½': '.5000',
  '¾': '.7500',
  '⅛': '.1250',
  '⅜': '.3750',
  '⅝': '.6250',
  '⅞': '.8750',
};

/** `4½` is 4.5. */
function withoutFraction(plain: string): string {
  const fraction = fractions[plain.at(-1) ?? ''];
  return fraction === undefined ? plain : `${plain.slice(0, -1).trim() || '0'}${fraction}`;
}

function numberOf(exact: Decimal): Pick<NumberSpan, 'value' | 'digits'> {
  return { value: exact.toNumber(), digits: plainDigits(exact) };
}

interface Readings {
  /** Digits with a point; null when it is no number. */
  likely: string | null;
  other: string | null;
  isAmbiguous: boolean;
}

/**
 * What digits with marks may be. Two different marks: the last begins the decimals. One mark several times: it groups
 * thousands (`grouped`). One mark before exactly three digits may do either: the locale decides, but amounts have no three decimals
 * (except in currencies such as the dinar of Kuwait), so that `€ 1.234` is rather one of thousands, and said to be unsure.
 */
function readings(printed: string, currency: string | null, { mark, locale, isMarkShown }: Style): Readings {
  const bare = printed.replace(/['’`´ʼ′\s\u00a0\u202f]/g, '');
  const [lastPoint, lastComma] = [bare.lastIndexOf('.'), bare.lastIndexOf(',')];
  const last = lastPoint > lastComma ? '.' : ',';
  const parts = bare.split(last);
  const sure = (decimals: string): Readings => ({ likely: withPoint(bare, decimals), other: null, isAmbiguous: false });
  if (lastPoint < 0 && lastComma < 0) return sure('');
  if (lastPoint >= 0 && lastComma >= 0) return sure(last);
  if (parts.length > 2) return grouped(parts);
  const [whole = '', fraction = ''] = parts;
  if (fraction.length !== 3 || whole.length > 3 || /^0?$/.test(whole)) return sure(last);
  const [small, large] = [withPoint(bare, last), withPoint(bare, '')];
  if (mark !== last) return { likely: large, other: small, isAmbiguous: false };
  const isAmount = currency !== null && !isMarkShown && currencyDigits(currency, locale) !== 3;
  return isAmount
    ? { likely: large, other: small, isAmbiguous: true }
    : { likely: small, other: large, isAmbiguous: false };
}

/** One mark several times. No group but the last has other than three digits; `1,234,56` is rather a point misread. */
function grouped(parts: readonly string[]): Readings {
  const [last = '', whole] = [parts.at(-1), parts.slice(0, -1).join('')];
  const all = whole + last;
  if (last.length === 3) return { likely: all, other: null, isAmbiguous: false };
  return { likely: `${whole}.${last}`, other: all, isAmbiguous: true };
}

function withPoint(bare: string, decimals: string): string | null {
  const plain = [...bare].flatMap((one) => (one === decimals ? '.' : /\d/.test(one) ? one : [])).join('');
  if (!/^(?:\d+(?:\.\d+)?|\.\d+)$/.test(plain)) return null;
  return plain.startsWith('.') ? `0${plain}` : plain;
}
