import { meaningOf, type Tolerance, withoutAccents } from '#lib/core/normalise/meaning.ts';
import { lettersAndDigits, foldLookalikes } from './letters.ts';
import type { PageIndex } from './index-page.ts';
import { isLong, type Said, saidAt } from './says.ts';

const maxOccurrences = 200;

/** Letters and digits that OCR confuses are equal, and accents that it overlooks do not count. */
export const lookalikes: Tolerance = (text) => foldLookalikes(withoutAccents(text));

/**
 * Every place where a page says a text: looked for by letters and digits alone, kept where the words mean the same, with
 * every sign (`saidAt`). `tolerance`: of letters and digits, never of signs. A place that begins and ends with words
 * comes before one inside words.
 */
export function findByText(index: PageIndex, text: string, tolerance?: Tolerance): Said[] {
  const places =
    lettersAndDigits(text) === '' ? findMarks(index, text) : findPlaces(index, text, tolerance !== undefined);
  return places.flatMap((words) => saidAt(index, words, text, tolerance) ?? []);
}

/** Where a text may be: places with its letters and digits, without regard to anything else. */
export function findPlaces(index: PageIndex, text: string, isConfused: boolean): number[][] {
  const plain = lettersAndDigits(text);
  if (plain === '') return [];
  const needle = isConfused ? foldLookalikes(plain) : plain;
  const hay = isConfused ? foldLookalikes(index.folded) : index.folded;
  const whole: number[] = [];
  const inside: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0 && whole.length < maxOccurrences; at = hay.indexOf(needle, at + 1)) {
    const isWhole = index.starts.has(at) && index.starts.has(at + needle.length);
    (isWhole ? whole : inside).push(at);
  }
  const places = whole.length > 0 ? whole : isLong(text) ? inside.slice(0, maxOccurrences) : [];
  return places.map((at) => wordsBetween(index, at, at + needle.length));
}

/** With words between them that are nothing but marks, such as the dash of `5 - 10`. */
function wordsBetween(index: PageIndex, from: number, to: number): number[] {
  const [first = 0, last = 0] = [index.foldedWord[from], index.foldedWord[to - 1]];
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

/** Words that are a text of marks alone, such as `☒`. */
function findMarks(index: PageIndex, text: string): number[][] {
  const meant = meaningOf(text);
  if (meant === '') return [];
  return index.words.flatMap((word, number) => (meaningOf(word.text) === meant ? [[number]] : []));
}
