import { type Cursor, cursorOver, refuse, refuseConstruct } from './cursor.ts';
import { readClass } from './read-class.ts';
import { literalOf, membersOf, readEscape } from './read-escape.ts';
import { any, withinLine } from './sets.ts';

/** A pattern, or a part of one, in RE2's syntax. */
export interface Translated {
  re2: string;
  /** About how many instructions it compiles to: repetitions by counts are written out. */
  size: number;
  /** How often counts repeat a part of it, nested ones multiplied. */
  repeats: number;
}

/** RE2's own limit. */
const maxRepeats = 1000;

/**
 * Translates an ECMAScript pattern, read by code points as with the flag `u`, to RE2, so that both match in the same
 * texts. Groups capture nothing: only whether there is a match is asked. Beyond ECMAScript it reads escaped punctuation, a
 * `{` that begins no count, `(?P<name>…)` and `(?i)`.
 * @throws Unsupported, naming the construct
 */
export function translate(source: string): Translated {
  const cursor = cursorOver(source);
  const whole = readAlternatives(cursor);
  if (cursor.peek() !== null) refuse('has a ) without its (');
  return whole;
}

function readAlternatives(cursor: Cursor): Translated {
  const { ignoreCase, dotAll } = cursor;
  const alternatives = [readSequence(cursor)];
  while (cursor.take('|')) alternatives.push(readSequence(cursor));
  Object.assign(cursor, { ignoreCase, dotAll });
  const whole = together(alternatives, '|');
  return { ...whole, size: whole.size + alternatives.length };
}

function readSequence(cursor: Cursor): Translated {
  const parts: Translated[] = [];
  for (let next = cursor.peek(); next !== null && next !== '|' && next !== ')'; next = cursor.peek()) {
    parts.push(readRepeated(cursor));
  }
  return together(parts, '');
}

function together(parts: readonly Translated[], between: string): Translated {
  return {
    re2: parts.map(({ re2 }) => re2).join(between),
    size: parts.reduce((total, { size }) => total + size, 0),
    repeats: Math.max(1, ...parts.map(({ repeats }) => repeats)),
  };
}

const quantifier = /(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/uy;

function readRepeated(cursor: Cursor): Translated {
  if (cursor.match(quantifier)) refuse('has a repetition of nothing');
  const part = readAtom(cursor);
  const found = cursor.match(quantifier);
  if (!found) return part;
  if (part.size === 0) refuse('has a repetition of nothing');
  const [text, least, most] = found;
  const re2 = `(?:${part.re2})${text}`;
  if (least === undefined) return { ...part, re2, size: part.size + 1 };
  const [min, max] = [Number(least), Number(most === undefined ? least : most)];
  if (most && max < min) refuse('has a count whose numbers are out of order');
  const count = Math.max(min, max, 1);
  const repeats = part.repeats * count;
  if (repeats > maxRepeats) refuse(`repeats more than ${maxRepeats.toLocaleString('en-US')} times: use smaller counts`);
  return { re2, size: (part.size + 1) * count, repeats };
}

function readAtom(cursor: Cursor): Translated {
  const character = cursor.next();
  if (character === '(') return readGroup(cursor);
  return { re2: readSingle(cursor, character), size: 1, repeats: 1 };
}

function readSingle(cursor: Cursor, character: string): string {
  if (character === '[') return readClass(cursor);
  if (character === '.') return `[${membersOf(cursor.dotAll ? any : withinLine)}]`;
  if (character === '^' || character === '$') return character;
  if (character !== '\\') return literalOf(character.codePointAt(0) ?? 0);
  const escape = readEscape(cursor);
  if (escape.kind === 'character') return literalOf(escape.code);
  return escape.kind === 'set' ? `[${membersOf(escape.ranges)}]` : escape.re2;
}

const flags = /\?(?!\))([ims]*)(?:-([ims]+))?([:)])/uy;
const name = /\?P?<[\p{L}_$][\p{L}\p{N}_$]*>/uy;

/** Reads a group after its `(`. */
function readGroup(cursor: Cursor): Translated {
  if (cursor.take('?=')) refuseConstruct('a look-ahead', '(?=…)');
  if (cursor.take('?!')) refuseConstruct('a negative look-ahead', '(?!…)');
  if (cursor.take('?<=')) refuseConstruct('a look-behind', '(?<=…)');
  if (cursor.take('?<!')) refuseConstruct('a negative look-behind', '(?<!…)');
  const set = cursor.match(flags);
  if (set) return readFlagged(cursor, set);
  if (!cursor.match(name) && cursor.peek() === '?') refuse(`has a group that begins with (?${secondOf(cursor)}`);
  return closed(cursor, '(?:', readAlternatives(cursor));
}

/** `(?i:…)` holds within it, `(?i)` to the end of the group around it. */
function readFlagged(cursor: Cursor, [, on = '', off = '', end]: RegExpExecArray): Translated {
  const before = { ignoreCase: cursor.ignoreCase, dotAll: cursor.dotAll };
  if (on.includes('i') || off.includes('i')) cursor.ignoreCase = on.includes('i');
  if (on.includes('s') || off.includes('s')) cursor.dotAll = on.includes('s');
  // Whether `.` matches line ends is translated already.
  const kept = `${on.replaceAll('s', '')}-${off.replaceAll('s', '')}`.replace(/-$/, '');
  if (end === ')') return { re2: kept === '' ? '' : `(?${kept})`, size: 0, repeats: 1 };
  const inside = readAlternatives(cursor);
  Object.assign(cursor, before);
  return closed(cursor, `(?${kept}:`, inside);
}

function closed(cursor: Cursor, opening: string, inside: Translated): Translated {
  if (!cursor.take(')')) refuse('has a ( without its )');
  return { ...inside, re2: `${opening}${inside.re2})` };
}

function secondOf(cursor: Cursor): string {
  cursor.next();
  return cursor.peek() ?? '';
}
