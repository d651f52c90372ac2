import { Decimal } from 'decimal.js';

const anyDigit = /^\p{Nd}$/u;
/** Of one script: beside a Latin digit it is what OCR made of a stain. */
const foreign = /(?<![0-9])[^\P{Nd}0-9](?![0-9])|[٫٬／．，－]/gu;
const marks: Record<string, string> = { '٫': '.', '٬': ',', '／': '/', '．': '.', '，': ',', '－': '-' };

/** A text with the digits of every script as `0`–`9`: `３４` and `٣٤` are 34. Places in it stay the same. */
export function withLatinDigits(text: string): string {
  return text.replace(foreign, (one) => (one.length > 1 ? one : (marks[one] ?? latinDigit(one))));
}

/** Unicode has the digits of a script in a row, from zero to nine. */
export function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (anyDigit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** A number in plain digits, such as `-1234.5`, never `1e21`. */
export function plainDigits(number: number | Decimal): string {
  return new Decimal(number).toFixed();
}

const plain = /^-?\d+(?:\.\d+)?$/;

/** Whether a text is a number in plain digits. */
export function isPlainNumber(text: string): boolean {
  return plain.test(text);
}

/**
 * Whether a JSON number holds all digits of a number. Programs read JSON numbers in double precision: whole numbers are
 * exact up to 2⁵³ (as identifiers of 17 digits are not), others to about 16 digits.
 */
export function fitsJsonNumber(digits: string): boolean {
  const number = Number(digits);
  if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return false;
  return new Decimal(digits).eq(new Decimal(String(number)));
}
