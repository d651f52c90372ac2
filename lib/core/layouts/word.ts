import { lettersAndDigits } from '../grounding/letters.ts';

const minLetters = 2;
const maxDigits = 4;

/** A word without its marks; null for what is likely a value, or says nothing: amounts, long numbers, single letters. */
export function wordOf(text: string): string | null {
  const plain = lettersAndDigits(text);
  if (/\p{L}/u.test(plain)) return plain.length < minLetters ? null : plain;
  // Numbers of boxes, and what is printed as a part of the form's name.
  return plain.length > 0 && plain.length <= maxDigits && !/\p{N}[.,]\p{N}/u.test(text) ? plain : null;
}
