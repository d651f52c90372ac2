import { clustersOf } from './clusters.ts';
import { type Character, spell } from './spelling.ts';

// What it means that two texts say the same. Whoever decides that values are equal decides it here; folding texts to
// their letters and digits (`lib/core/grounding/letters.ts`) only finds the place where one may be.

/** Equal for two texts that mean the same: see `spell`. Of a text of nothing but ornaments the text itself. */
export function meaningOf(text: string): string {
  const meant = textOf(spell(text));
  return meant === '' ? textOf(clustersOf(text).filter(({ kind }) => kind !== 'space')) : meant;
}

/** Equal for two values that say the same. Values of different types never do. */
export function meaningKey(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `"${meaningOf(value)}` : JSON.stringify(value);
}

/** Whether two texts mean the same. */
export function meanTheSame(one: string, other: string): boolean {
  return meaningOf(one) === meaningOf(other);
}

/** How two letters or digits are compared; the identity when nothing may differ. */
export type Tolerance = (text: string) => string;

/** Letters whose accents are not read. */
export const withoutAccents: Tolerance = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '');

/** Where a text says what another one means. */
export interface Saying {
  start: number;
  end: number;
  /** What is left out right beside it: the rest of a word, as in `15 mg` of `15 mgs`, or a unit, as in `5` of `5 %`. */
  leavesOut: 'nothing' | 'word' | 'unit';
}

/**
 * Every place where a text says what `wanted` means, or says it as a part: never a part of a number, nor without a sign
 * that belongs to it (`A` is not in `A+`, `5` neither in `-5` nor in `1.5` nor in `<5`). A currency beside it may be left
 * out. `tolerance`: of letters and digits, never of marks.
 */
export function sayings(text: string, wanted: string, tolerance?: Tolerance): Saying[] {
  const [said, part] = [spell(text), spell(wanted)];
  const found: Saying[] = [];
  for (const at of placesOf(compared(part, tolerance), compared(said, tolerance))) {
    const end = at + part.length;
    const [first, last] = [said[at], said[end - 1]];
    const edges = new Set([edgeBefore(said, at), edgeAfter(said, end)]);
    if (!first || !last || edges.has('meant')) continue;
    const leavesOut = edges.has('unit') ? 'unit' : edges.has('word') ? 'word' : 'nothing';
    found.push({ start: first.start, end: last.end, leavesOut });
  }
  return found;
}

function textOf(characters: readonly Pick<Character, 'text'>[]): string {
  return characters.map(({ text }) => text).join('');
}

function compared(characters: readonly Character[], tolerance: Tolerance | undefined): string[] {
  return characters.map(({ text, kind }) => (tolerance && kind !== 'mark' ? tolerance(text) : text));
}

/** Indices into `said` at which `part` begins. */
function placesOf(part: readonly string[], said: readonly string[]): number[] {
  const [needle, hay] = [part.join(''), said.join('')];
  if (needle === '') return [];
  const indexAt = new Map<number, number>();
  let length = 0;
  said.forEach((text, index) => {
    indexAt.set(length, index);
    length += text.length;
  });
  const places: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    const index = indexAt.get(at);
    // A character may be written with two: both ends must be ends of one.
    if (index !== undefined && part.every((text, offset) => said[index + offset] === text)) places.push(index);
  }
  return places;
}

/** What a part leaves out at its edge: nothing that counts, the rest of a word, a unit, or something that is meant. */
type Edge = 'nothing' | 'word' | 'unit' | 'meant';

/** A plus before a number, a separator of a list, a box to tick, a currency: a part may leave them out. */
const separating = /^[;@\u2610-\u2612\u2713-\u2718\p{Sc}]$/u;
const unit = /^[%‰'"]$/u;

function edgeBefore(said: readonly Character[], at: number): Edge {
  const first = said[at];
  let place = at - 1;
  while (separating.test(said[place]?.text ?? '') || said[place]?.text === '+') place -= 1;
  const before = said[place];
  if (!first || !before) return 'nothing';
  if (before.kind !== 'mark') return place === at - 1 ? edgeOfWord(before, first) : 'nothing';
  // The dash of a list: `- 5 apples`.
  const isBullet = before.text === '-' && first.isSpaced && place === 0;
  return isBullet || unit.test(before.text) ? 'nothing' : 'meant';
}

function edgeAfter(said: readonly Character[], end: number): Edge {
  const [last, after] = [said[end - 1], said[end]];
  if (!last || !after) return 'nothing';
  if (after.kind !== 'mark') return edgeOfWord(last, after);
  if (unit.test(after.text)) return 'unit';
  return separating.test(after.text) ? 'nothing' : 'meant';
}

/** Whether two letters or digits are of one word. */
function edgeOfWord(one: Character, next: Character): Edge {
  if (next.start > one.end) return 'nothing';
  return one.kind === 'digit' && next.kind === 'digit' ? 'meant' : 'word';
}
