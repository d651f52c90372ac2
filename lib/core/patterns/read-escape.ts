import { type Cursor, refuse, refuseConstruct } from './cursor.ts';
import { propertyName } from './categories.ts';
import { namedSet, type Ranges } from './sets.ts';

/** What a backslash and what follows it stand for. */
export type Escape =
  | { kind: 'character'; code: number }
  | { kind: 'set'; ranges: Ranges }
  /** A class of Unicode, in RE2's syntax. */
  | { kind: 'property'; re2: string }
  | { kind: 'boundary'; re2: string };

const controls: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d };

const backReference = /[1-9]\d*|k(?:<[^>]*>)?/uy;
const zero = /0(?!\d)/uy;
const control = /c([A-Za-z])/uy;
/** Two halves of a character count as the character. */
const surrogatePair = /u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/iuy;
const hexadecimal = /x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]+)\}/iuy;
const property = /([pP])\{(?:(?:General_Category|gc|Script|sc)=)?([\w=]+)\}/uy;

/** Reads what follows a backslash. @throws Unsupported */
export function readEscape(cursor: Cursor): Escape {
  const reference = cursor.match(backReference);
  if (reference) refuseConstruct('a back-reference', `\\${reference[0]}`);
  const code = readCode(cursor);
  if (code !== null) return { kind: 'character', code };
  const named = cursor.match(property);
  if (named) return propertyOf(cursor, named);
  const letter = cursor.next();
  if (letter === 'b' || letter === 'B') return { kind: 'boundary', re2: `\\${letter}` };
  const ranges = namedSet(letter, cursor.ignoreCase);
  if (ranges) return { kind: 'set', ranges };
  // In ECMAScript such escapes are mistakes; in other languages they mean something else than the letter.
  if (/[\p{L}\p{N}]/u.test(letter)) refuse(`contains \\${letter}, which is not a valid escape`);
  return { kind: 'character', code: codeOf(letter) };
}

function readCode(cursor: Cursor): number | null {
  if (cursor.match(zero)) return 0;
  const letter = cursor.match(control)?.[1];
  if (letter) return codeOf(letter) % 32;
  const pair = cursor.match(surrogatePair);
  if (pair) return codeOf(String.fromCharCode(...pair.slice(1).map((half) => Number.parseInt(half, 16))));
  const found = cursor.match(hexadecimal);
  if (found) {
    const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? '', 16);
    return code <= 0x10ffff ? code : refuse(`contains \\${found[0]}, which is not a character`);
  }
  const next = cursor.peek();
  const value = next === null ? undefined : controls[next];
  if (value !== undefined) cursor.next();
  return value ?? null;
}

function propertyOf(cursor: Cursor, [whole, letter, name = '']: RegExpExecArray): Escape {
  // ECMAScript ignores case in the members, RE2 in what is left out: they differ.
  if (letter === 'P' && cursor.ignoreCase) refuseConstruct('a negated property without regard to case', `\\${whole}`);
  const known = propertyName(name);
  return known === null
    ? refuse(
        `contains \\${whole}, which is not known: use a category, such as \\p{L}, or a script, such as \\p{Script=Greek}`,
      )
    : { kind: 'property', re2: `\\${letter}{${known}}` };
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** A character in RE2's syntax, in a class and out of one. */
export function literalOf(code: number): string {
  const character = String.fromCodePoint(code);
  return /[A-Za-z0-9]/.test(character) ? character : `\\x{${code.toString(16)}}`;
}

/** Ranges as members of a class in RE2's syntax. */
export function membersOf(ranges: Ranges): string {
  return ranges.map(([from, to]) => (from === to ? literalOf(from) : `${literalOf(from)}-${literalOf(to)}`)).join('');
}
