import { eraOf } from '#lib/core/normalise/century.ts';
import { findDates } from '#lib/core/normalise/date.ts';
import { datesLocale } from '#lib/core/normalise/date-order.ts';
import { decimalMarkIn, numbersLocale } from '#lib/core/normalise/decimal-mark.ts';
import { plainDigits } from '#lib/core/normalise/digits.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { normalise, otherNumbers } from '#lib/core/normalise/value.ts';
import type { ScalarField } from '../fields/field.ts';
import type { ReadValue } from './value.ts';
import type { Scalar } from '#lib/core/fields/path.ts';

/** How a page writes its dates and numbers. */
export interface Manners {
  /** The schema's locale. */
  given: string;
  dates: string;
  numbers: string;
  isMarkShown: boolean;
}

/** How a page with this text writes them, as far as it shows that. */
export function mannersOf(text: string, given: string): Manners {
  const isMarkShown = decimalMarkIn(text) !== null;
  return { given, dates: datesLocale(text, given), numbers: numbersLocale(text, given), isMarkShown };
}

/** The locale by which a field's values on it are read. */
export function localeFor({ format, type }: ScalarField, { given, dates, numbers }: Manners): string {
  if (type === 'number' || type === 'integer') return numbers;
  return format === 'date' || format === 'date-time' ? dates : given;
}

/**
 * All readings of a value, where an engine wrote out as one of them what the page's print leaves open; null when it does
 * not. `lines`: those that the value is on.
 */
export function otherReadings(
  field: ScalarField,
  read: ReadValue,
  value: Scalar | null,
  lines: string,
  manners: Manners,
): string[] | null {
  return typeof read.value === 'number'
    ? otherNumber(field, read.value, lines, localeFor(field, manners), manners)
    : otherDate(field, read, value, lines, manners);
}

/** Both readings, where what an engine read as a number is printed in a way that leaves another one open. */
function otherNumber(
  field: ScalarField,
  read: number,
  printed: string,
  locale: string,
  manners: Manners,
): string[] | null {
  const spans = findNumbers(printed, locale, manners.isMarkShown);
  const span = spans.find(({ value, other }) => value === read || other === read);
  if (!span) return null;
  // Another one than the likely, or one of two that are.
  return span.value === read ? otherNumbers(field, span, manners) : [plainDigits(read), span.digits];
}

/**
 * Both readings of a date, where the schema's locale reads it otherwise than the other dates of its page are written, and
 * where what an engine wrote out in full is printed in a way that leaves another one open, such as `03/04/65`.
 */
function otherDate(
  field: ScalarField,
  { value: read }: ReadValue,
  value: Scalar | null,
  lines: string,
  { given, dates }: Manners,
): string[] | null {
  if ((field.format !== 'date' && field.format !== 'date-time') || value === null) return null;
  if (dates !== given) {
    const other = normalise(field, read, given);
    if (other.ok && other.value !== value) return [String(value), String(other.value)];
  }
  const [day = '', time] = String(value).split('T');
  const span = findDates(lines, dates, { era: eraOf(field) }).find(({ readings }) => readings.includes(day));
  if (!span || (span.ambiguous === null && span.value === day)) return null;
  const others = span.ambiguous ?? [span.value];
  return [...new Set([day, ...others])].map((one) => (time ? `${one}T${time}` : one));
}
