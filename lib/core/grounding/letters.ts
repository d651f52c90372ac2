// For finding the place where a text may be. Whether it is there, its signs decide (`lib/core/normalise/meaning.ts`).

/** Letters and digits alone, without case, accents and ligatures. */
export function lettersAndDigits(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What OCR takes for one another, as one character each. */
const confused: Record<string, string> = { o: '0', q: '0', d: '0', i: '1', l: '1', s: '5', b: '8', z: '2', g: '9' };

/** A text of small letters in which characters that OCR confuses are equal. Keeps its length. */
export function foldLookalikes(text: string): string {
  return text.replace(/[oqdilsbzg]/g, (one) => confused[one] ?? one);
}
