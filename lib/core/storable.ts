import { z } from 'zod';

// What PostgreSQL can store. Everything that comes from outside passes here: requests, forms, models and files.

/** The largest number of an `integer` column. */
export const maxInteger = 2_147_483_647;

/** Whether a text has no NUL and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A text without NUL, and with U+FFFD for halves of surrogate pairs: for what no one can be asked to correct. */
export function toStorable(text: string): string {
  return isStorable(text) ? text : text.replaceAll('\0', '').toWellFormed();
}

const unstorable = 'contains a character that cannot be stored (NUL or half of a surrogate pair): remove it';

/** A text of at most `maxLength` characters that a person or a program gives. */
export function storableText(maxLength: number, error?: string) {
  return z.string(error).max(maxLength, tooLong(maxLength)).refine(isStorable, unstorable);
}

/** The same, without white space around it. */
export function trimmedText(maxLength: number, error?: string) {
  return z.string(error).trim().max(maxLength, tooLong(maxLength)).refine(isStorable, unstorable);
}

function tooLong(maxLength: number): string {
  return `must have at most ${maxLength.toLocaleString('en-US')} characters`;
}

/** A whole number from 0, as JSON. */
export const storableIndex = z.int().min(0, 'must be 0 or more').max(maxInteger, tooLarge());

/** A whole number from 1: of a run, a version, an attempt. */
export const storableNumber = z.int().min(1, 'must be 1 or more').max(maxInteger, tooLarge());

/** The same in a query, where all is text. */
export function numberInQuery(error: string) {
  return z.coerce.number({ error }).pipe(storableNumber);
}

function tooLarge(): string {
  return `must be at most ${maxInteger.toLocaleString('en-US')}`;
}

/** JSON that is nested deeper was not written to be read. */
const maxDepth = 100;

/** What of a JSON value cannot be stored, and where; null when all of it can. */
export function unstorablePart(value: unknown): { path: string[]; message: string } | null {
  const open: { value: unknown; path: string[] }[] = [{ value, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path } = next;
    if (typeof next.value === 'string' && !isStorable(next.value)) return { path, message: unstorable };
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (path.length === maxDepth) return { path, message: `is nested more than ${maxDepth} levels deep` };
    for (const [key, inner] of Object.entries(next.value)) {
      if (!isStorable(key)) return { path, message: `has a name that ${unstorable}` };
      open.push({ value: inner, path: [...path, key] });
    }
  }
  return null;
}

/** A JSON value with every text and name in it as `toStorable` makes it; the same one when nothing is to be done. */
export function toStorableJson(value: unknown): unknown {
  return unstorablePart(value) === null ? value : replaced(value);
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return toStorable(value);
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [toStorable(key), replaced(inner)]));
}
