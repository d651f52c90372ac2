import { type OcrLanguage, ocrLanguages } from './language.ts';
import type { SeenWord } from './tsv.ts';

/** Languages of other scripts, by Tesseract's codes: a page that is in none of ours is tried in those that are installed. */
export const foreignLanguages = [
  'rus',
  'ukr',
  'ell',
  'bul',
  'srp',
  'ara',
  'heb',
  'hin',
  'tha',
  'jpn',
  'chi_sim',
  'kor',
] as const;

/** Whatever a page may be read in besides what OCR was set to. */
export const otherLanguages = [...ocrLanguages, ...foreignLanguages];
export type OtherLanguage = OcrLanguage | (typeof foreignLanguages)[number];

const minWords = 10;
/** Of a word that is read surely. */
const sure = 0.85;
/** Of faint photographs of receipts in Latin letters, more than half of the long words are read surely. */
const fewSure = 0.35;

/**
 * Whether what was read looks like print in a script that OCR does not know: plenty of words of letters, and hardly one
 * of which it is sure.
 */
export function isForeign(words: readonly SeenWord[]): boolean {
  const long = words.filter(({ text }) => /^\p{L}{4,}$/u.test(text));
  return long.length >= minWords && shareOfSure(long) < fewSure;
}

function shareOfSure(words: readonly SeenWord[]): number {
  return words.filter(({ confidence }) => confidence > sure).length / (words.length || 1);
}
