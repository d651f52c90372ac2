import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import { isAmountField } from './amount-field.ts';
import { chooseMember } from './choice.ts';
import { parseCurrency } from './currency.ts';
import { eraOf } from './century.ts';
import { type DateSpan, parseDate } from './date.ts';
import { parseIban } from './iban.ts';
import { fitsJsonNumber, plainDigits } from './digits.ts';
import { markOf } from './marks.ts';
import { type NumberSpan, parseNumber } from './number.ts';
import { checkPattern } from './pattern-check.ts';
import { parseFullTime, parseTime } from './time.ts';

export interface Normalised {
  /** Typed; the text itself when it does not fit the type. */
  value: Scalar | null;
  /** As printed. */
  raw: string;
  /** It fits type, format, pattern and enum. */
  ok: boolean;
  /** Why not, for people. */
  problem: string | null;
  /** Why its pattern was not checked; null when it was, or there is none. */
  unchecked: string | null;
  /** It is a number of which a JSON number would lose digits: its value is its digits, as text. */
  isTooPrecise: boolean;
  /** Other readings that are as likely. */
  ambiguous: string[] | null;
}

/** What the page around a text shows of how to read it. */
export interface Surroundings {
  /** Its other numbers leave no doubt which mark begins the decimals: that of the locale. */
  isMarkShown?: boolean;
  /** The day that a year of two digits is counted from; the real one when absent. */
  today?: Date;
}

/**
 * Makes a value of a field's type and format from what was read, by the schema's locale; what was read is kept. A number
 * that a JSON number cannot hold stays a text of its digits.
 */
export function normalise(field: ScalarField, read: Scalar, locale: string, around: Surroundings = {}): Normalised {
  const raw = typeof read === 'string' ? read.replace(/\s+/g, ' ').trim() : rawOf(read);
  const given: Options = { read, raw, locale, around };
  const typed = field.enum ? asMember(field, field.enum, given) : byType(field, given);
  if (typed.value === null) {
    const failed = { ok: false, problem: typed.problem, unchecked: null, isTooPrecise: false, ambiguous: null };
    return { value: raw, raw, ...failed };
  }
  const isNumeric = field.type === 'number' || field.type === 'integer';
  const isTooPrecise = isNumeric && !field.enum && typeof typed.value === 'string';
  const { fits, unchecked } = checkPattern(field.pattern, String(typed.value));
  const problem = fits ? null : `${JSON.stringify(typed.value)} does not match the pattern ${field.pattern}`;
  return { value: typed.value, raw, ok: fits, problem, unchecked, isTooPrecise, ambiguous: typed.ambiguous ?? null };
}

interface Typed {
  value: Scalar | null;
  problem: string;
  ambiguous?: string[] | null;
}

interface Options {
  read: Scalar;
  raw: string;
  locale: string;
  around: Surroundings;
}

function rawOf(read: number | boolean): string {
  return typeof read === 'number' && Number.isFinite(read) ? plainDigits(read) : String(read);
}

function byType(field: ScalarField, given: Options): Typed {
  const { read, raw } = given;
  switch (field.type) {
    case 'number':
      return asNumber(field, given);
    case 'integer': {
      const number = asNumber(field, given);
      const isWhole = number.value === null || /^-?\d+$/.test(String(number.value));
      return isWhole ? number : { value: null, problem: `${JSON.stringify(raw)} is not a whole number` };
    }
    case 'boolean':
      return asBoolean(read, raw);
    default:
      return asText(field, given);
  }
}

function asNumber(field: ScalarField, { read, raw, locale, around }: Options): Typed {
  const problem = `${JSON.stringify(raw)} is not a number`;
  if (typeof read === 'number') return { value: fitsJsonNumber(raw) ? read : raw, problem };
  const span = parseNumber(raw, locale, around.isMarkShown);
  if (!span) return { value: null, problem };
  const { value, digits } = span;
  return { value: fitsJsonNumber(digits) ? value : digits, problem, ambiguous: otherNumbers(field, span, around) };
}

/** Both readings of a number of which it is not sure which is meant. */
export function otherNumbers(field: ScalarField, span: NumberSpan, { isMarkShown }: Surroundings): string[] | null {
  const { digits, other, isAmbiguous, value } = span;
  if (other === null) return null;
  // `1.234` as an amount without its currency.
  const isOddAmount = !isMarkShown && isAmountField(field) && !Number.isInteger(value) && Number.isInteger(other);
  return isAmbiguous || isOddAmount ? [digits, plainDigits(other)] : null;
}

const yes = new Set(['true', 'yes', 'y', 'x', 'ja', 'oui', 'si', 'sí', 'sim', '1']);
const no = new Set(['false', 'no', 'n', 'nein', 'non', 'nee', 'não', '0']);

function asBoolean(read: Scalar, raw: string): Typed {
  if (typeof read === 'boolean') return { value: read, problem: '' };
  const folded = raw.toLowerCase();
  const value = yes.has(folded) ? true : no.has(folded) ? false : markOf(raw);
  return { value, problem: `${JSON.stringify(raw)} is neither yes nor no` };
}

/** A member as it is written, or the number that it is. */
function asMember(field: ScalarField, members: readonly Scalar[], given: Options): Typed {
  const { raw } = given;
  const { value: typed } = field.type === 'string' ? { value: null } : byType(field, given);
  const value = chooseMember(members, raw) ?? members.find((member) => member === typed) ?? null;
  return { value, problem: `${JSON.stringify(raw)} is none of ${members.join(', ')}` };
}

/** A field may ask for hours and minutes: what a till prints of seconds is left out. */
function asAsked(time: string | null, { description }: ScalarField): string | null {
  const isShort = /\bhours? and minutes\b|\bhh:mm\b(?!:ss)/i.test(description ?? '');
  return isShort ? (time?.replace(/^(\d{2}:\d{2}):\d{2}(?:\.\d+)?$/, '$1') ?? null) : time;
}

function asText(field: ScalarField, { raw, locale, around }: Options): Typed {
  const problem = `${JSON.stringify(raw)} is not a valid ${field.format ?? 'text'}`;
  switch (field.format) {
    case 'date':
    case 'date-time': {
      const date = parseDate(raw, locale, { era: eraOf(field), ...around });
      const time = date && field.format === 'date-time' ? timeBeside(date, raw) : '';
      const ambiguous = date?.ambiguous?.map((day) => day + time) ?? null;
      return { value: date && date.value + time, problem, ambiguous };
    }
    case 'time':
      return { value: asAsked(parseTime(raw), field), problem };
    case 'email':
      return { value: /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(raw) ? raw.toLowerCase() : null, problem };
    case 'uri':
      return { value: /^(https?:\/\/|mailto:)?[\w-]+\.[\w-]\S*$/i.test(raw) ? raw : null, problem };
    case 'phone':
      return { value: asPhone(raw, locale), problem };
    case 'iban':
      return { value: parseIban(raw), problem };
    case 'currency':
      return { value: parseCurrency(raw, locale), problem };
    default:
      return { value: raw === '' ? null : raw, problem: 'It is empty' };
  }
}

/** The time of a date with its zone, as far as they are printed: `T14:05:00+02:00`, or nothing. */
function timeBeside(date: DateSpan, raw: string): string {
  const time = parseFullTime(`${raw.slice(0, date.start)} ${raw.slice(date.end)}`);
  return time ? `T${time}` : '';
}

function asPhone(raw: string, locale: string): string | null {
  const region = new Intl.Locale(locale).maximize().region;
  const number = parsePhoneNumberFromString(raw, {
    ...(region ? { defaultCountry: region as never } : {}),
    extract: false,
  });
  return number?.isPossible() ? number.number : null;
}
