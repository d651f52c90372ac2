import type { GreyBitmap } from './bitmap.ts';
import type { SeenWord } from './tsv.ts';

/** How many capitals would stand side by side from the leftmost to the rightmost word. */
export function columnsAcross(words: readonly SeenWord[], picture: GreyBitmap): number {
  const sure = words.filter((word) => word.confidence > 0.6 && word.text.length > 1);
  const heights = sure.map((word) => word.height * picture.height).toSorted((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 2)];
  if (height === undefined) return 0;
  const left = Math.min(...sure.map((word) => word.x));
  const right = Math.max(...sure.map((word) => word.x + word.width));
  return ((right - left) * picture.width) / height;
}

/**
 * Blots and rules are seen as words of signs, or of no height. Letters are kept even when Tesseract is sure of nothing:
 * faint print is often right, and its confidence goes with it.
 */
export function isWord(word: SeenWord): boolean {
  if (word.width <= 0 || word.height <= 0) return false;
  const letters = word.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters >= 3 && letters * 2 >= word.text.length) return true;
  return word.confidence > (letters > 0 ? 0.05 : 0.3);
}

export function meanConfidence(words: readonly SeenWord[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return letters === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
}

/** How much was read and how surely: noise has many words of low confidence. */
export function score(words: readonly SeenWord[]): number {
  return words.reduce((sum, word) => sum + (word.confidence > 0.5 ? word.confidence * word.text.length : 0), 0);
}
