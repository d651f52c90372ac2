import { fold, foldConfused } from './fold.ts';
import type { PageIndex } from './index-page.ts';

const mostOccurrences = 200;

/**
 * Every place where a text stands in the page's words, without regard to case, accents, punctuation, spaces and line ends.
 * Not `exact`: signs that OCR confuses are equal. A place that begins and ends with words comes before one inside words.
 */
export function findByText(index: PageIndex, text: string, exact: boolean): { words: number[]; exact: boolean }[] {
  const plain = fold(text);
  if (plain === '') return [];
  const needle = exact ? plain : foldConfused(plain);
  const hay = exact ? index.folded : foldConfused(index.folded);
  const whole: number[] = [];
  const inside: number[] = [];
  for (let at = hay.indexOf(needle); at >= 0 && whole.length < mostOccurrences; at = hay.indexOf(needle, at + 1)) {
    const isWhole = index.starts.has(at) && index.starts.has(at + needle.length);
    (isWhole ? whole : inside).push(at);
  }
  // A short text inside a longer word is chance, not a place.
  const places =
    whole.length > 0 ? whole : needle.length >= 3 && !/^\d+$/.test(needle) ? inside.slice(0, mostOccurrences) : [];
  return places.map((at) => ({ words: wordsBetween(index, at, at + needle.length), exact }));
}

function wordsBetween(index: PageIndex, from: number, to: number): number[] {
  return [...new Set(index.foldedWord.slice(from, to))];
}
