import { groupLines } from '#lib/core/pages/lines.ts';
import type { Box, Word } from '#lib/core/pages/page.ts';
import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import { around, isWithin } from './geometry.ts';

/**
 * A page's words, and where each stands as the page is shown: a text or a worksheet is set otherwise than on the grid
 * that its reader laid it out on. Boxes are fractions of the page, by word.
 */
export interface ShownWords {
  words: readonly Word[];
  boxes: readonly Box[];
}

/** Indices of the words whose middle lies in a box of the shown page. */
export function wordsIn({ boxes }: Pick<ShownWords, 'boxes'>, box: Box): number[] {
  return boxes.flatMap((one, index) => (isWithin(box, one.x + one.width / 2, one.y + one.height / 2) ? [index] : []));
}

/** The word at a point of the shown page, if there is one. */
export function wordAt({ boxes }: Pick<ShownWords, 'boxes'>, x: number, y: number): number | null {
  const index = boxes.findIndex((box) => isWithin(box, x, y));
  return index < 0 ? null : index;
}

/** What words say in reading order, and a box around those of each line, where the page itself has them. */
export function placeOf(words: readonly Word[], indices: readonly number[]): { quote: string; boxes: Box[] } {
  const lines = groupLines(indices.flatMap((index) => words[index] ?? []));
  return {
    quote: lines.map((line) => line.words.map(({ text }) => text).join(' ')).join(' '),
    boxes: lines.flatMap((line) => around(line.words) ?? []),
  };
}

/** Boxes of the page as it is shown, one around the words of each line. Without words below them they stay as they are. */
export function shownBoxes(shown: ShownWords, boxes: readonly Box[]): Box[] {
  if (shown.boxes === shown.words) return [...boxes];
  return boxes.flatMap((box) => {
    const indices = wordsIn({ boxes: shown.words }, box);
    return indices.length === 0 ? [box] : lineBoxes(indices.flatMap((index) => shown.boxes[index] ?? []));
  });
}

/** One box around those of each line. */
export function lineBoxes(boxes: readonly Box[]): Box[] {
  return groupLines(boxes).flatMap((line) => around(line.words) ?? []);
}

const maxMatches = 500;

/**
 * Where a text stands among words, as indices of the words that hold it: without regard to case, accents, punctuation
 * and spaces. `atStart`: only where a word begins.
 */
export function findWords(words: readonly Pick<Word, 'text'>[], text: string, atStart = false): number[][] {
  const needle = lettersAndDigits(text);
  if (needle === '') return [];
  const { hay, wordOf, starts } = indexOf(words);
  const found: number[][] = [];
  for (let at = hay.indexOf(needle); at >= 0 && found.length < maxMatches; at = hay.indexOf(needle, at + 1)) {
    if (!atStart || starts.has(at)) found.push([...new Set(wordOf.slice(at, at + needle.length))]);
  }
  return found;
}

interface Letters {
  /** Letters and digits of all words, folded. */
  hay: string;
  /** Index of the word, by letter. */
  wordOf: number[];
  /** Letters at which a word begins. */
  starts: Set<number>;
}

/** A person who searches asks the same pages again with every key. */
const indexed = new WeakMap<object, Letters>();

function indexOf(words: readonly Pick<Word, 'text'>[]): Letters {
  const known = indexed.get(words);
  if (known) return known;
  const letters = words.map(({ text }) => lettersAndDigits(text));
  const starts = new Set<number>();
  let length = 0;
  for (const one of letters) {
    starts.add(length);
    length += one.length;
  }
  const wordOf = letters.flatMap((one, index) => Array.from({ length: one.length }, () => index));
  const made = { hay: letters.join(''), wordOf, starts };
  indexed.set(words, made);
  return made;
}
