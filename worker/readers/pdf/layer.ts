import type { Word } from '#lib/core/pages/page.ts';

/** Fewer letters than this share of all characters means glyphs without a meaning. */
const minLetterShare = 0.5;
const minCharacters = 20;
/** A page of fewer letters may be a scan that someone stamped or numbered. */
const sparseLetters = 200;

const unmapped = /[\p{Co}\p{Cn}\p{Cc}\uFFFD]/gu;

/** Whether a text layer is there and says something: unmapped glyphs come out as signs of nowhere. */
export function isUsable(words: readonly Word[]): boolean {
  const text = words.map((word) => word.text).join('');
  if (text.length < minCharacters) return false;
  const signs = text.match(unmapped)?.length ?? 0;
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return signs / text.length < 0.1 && letters / text.length > minLetterShare && !isScrambled(text);
}

/** Enough letters to tell by. */
const minTold = 60;

/**
 * Whether a font says other letters than it shows. Bytes that are swapped put Latin text among letters of other scripts
 * whose number ends in 00; letters that are mixed up have hardly any vowels, or nothing else.
 */
function isScrambled(text: string): boolean {
  const swapped = [...text].filter((sign) => ((sign.codePointAt(0) ?? 0) & 0xff) === 0).length;
  if (swapped > text.length / 2) return true;
  const latin = text.normalize('NFD').match(/[a-z]/gi)?.length ?? 0;
  if (latin < minTold) return false;
  const vowels = text.normalize('NFD').match(/[aeiouy]/gi)?.length ?? 0;
  return vowels < latin * 0.12 || vowels > latin * 0.8;
}

/** The letters and digits of words that hold no sign without a meaning; none when they are others than are seen. */
export function lettersOf(words: readonly Word[]): number {
  const text = words.map((word) => word.text).filter((word) => word.search(unmapped) < 0);
  return isScrambled(text.join('')) ? 0 : (text.join('').match(/[\p{L}\p{N}]/gu)?.length ?? 0);
}

export function isSparse(words: readonly Word[]): boolean {
  return lettersOf(words) < sparseLetters;
}
