import type { Value } from '#lib/core/values/value.ts';
import { plainDigits } from '#lib/core/normalise/digits.ts';

/** One cell of a table; null is empty. */
export type Cell =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number; /** Shown behind the point. */ decimals: number }
  | { kind: 'boolean'; boolean: boolean }
  /** `text` is ISO 8601 without a zone. */
  | { kind: 'date' | 'date-time' | 'time'; text: string }
  | null;

export function textCell(text: string | null): Cell {
  return text === null ? null : { kind: 'text', text };
}

export function countCell(number: number): Cell {
  return { kind: 'number', number, decimals: 0 };
}

const isoForms = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/,
  time: /^\d\d:\d\d(:\d\d)?$/,
} as const;

/**
 * A value as it is: a number is a number only where the schema says number and one was read, a date only where it says
 * date. All else is text, such as identifiers of digits.
 */
export function valueCell({ value, raw, type }: Pick<Value, 'value' | 'raw' | 'type'>): Cell {
  if (value === null) return null;
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value };
  if (typeof value === 'number') return numberCell(value, raw);
  if (type === 'date' || type === 'date-time' || type === 'time') {
    // A moment whose time is not known is a date.
    const kind = type === 'date-time' && isoForms.date.test(value) ? 'date' : type;
    return isoForms[kind].test(value) && isMoment(kind, value) ? { kind, text: value } : textCell(value);
  }
  return textCell(value);
}

/** 2025-02-30 has the form of a date and is none. */
function isMoment(kind: 'date' | 'date-time' | 'time', text: string): boolean {
  const full = kind === 'time' ? `2000-01-01T${text}` : text.length === 10 ? `${text}T00:00` : text;
  const moment = new Date(`${full}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(full);
}

/** Spreadsheets keep so many digits of a number and make the others zeros. */
const exactDigits = 15;
const printedCents = /[.,]\d\d(?!\d)/;

/** With the decimals that the review shows: those it has, and cents where they are printed. */
function numberCell(number: number, raw: string | null): Cell {
  if (!Number.isFinite(number)) return textCell(String(number));
  const plain = plainDigits(number);
  if (!fitsSpreadsheet(plain)) return textCell(plain);
  const decimals = plain.split('.')[1]?.length ?? 0;
  return { kind: 'number', number, decimals: Math.max(decimals, raw && printedCents.test(raw) ? 2 : 0) };
}

function fitsSpreadsheet(plain: string): boolean {
  return plain.replace(/[-.]/g, '').replace(/^0+/, '').length <= exactDigits;
}
