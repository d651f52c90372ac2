import { type Cursor, refuse } from './cursor.ts';
import { type Escape, literalOf, membersOf, readEscape } from './read-escape.ts';
import { any } from './sets.ts';

const everything = membersOf(any);

/** Reads a class after its `[`. Of `[]` and `[^]` ECMAScript makes nothing and anything. @throws Unsupported */
export function readClass(cursor: Cursor): string {
  const isNegated = cursor.take('^');
  let members = '';
  while (!cursor.take(']')) members += readMember(cursor);
  if (members === '') return isNegated ? `[${everything}]` : `[^${everything}]`;
  return `[${isNegated ? '^' : ''}${members}]`;
}

function readMember(cursor: Cursor): string {
  const first = readAtom(cursor);
  if (cursor.peek() !== '-') return textOf(first);
  cursor.next();
  if (cursor.peek() === ']') return textOf(first) + literalOf(hyphen);
  const last = readAtom(cursor);
  // A hyphen beside a set is a hyphen, as in `[\w-.]`.
  if (first.kind !== 'character' || last.kind !== 'character') return textOf(first) + literalOf(hyphen) + textOf(last);
  if (first.code > last.code) refuse('has a class whose range is out of order');
  return `${literalOf(first.code)}-${literalOf(last.code)}`;
}

const hyphen = 0x2d;
const backspace = 0x08;

function readAtom(cursor: Cursor): Escape {
  const character = cursor.peek() ?? refuse('has a [ without its ]');
  cursor.next();
  if (character !== '\\') return { kind: 'character', code: character.codePointAt(0) ?? 0 };
  const escape = readEscape(cursor);
  if (escape.kind !== 'boundary') return escape;
  return escape.re2 === String.raw`\b`
    ? { kind: 'character', code: backspace }
    : refuse('contains \\B in a class, which is not a valid escape there');
}

function textOf(atom: Escape): string {
  if (atom.kind === 'character') return literalOf(atom.code);
  return atom.kind === 'set' ? membersOf(atom.ranges) : atom.re2;
}
