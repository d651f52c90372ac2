/** Letters and digits alone, without case, accents and ligatures. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What OCR takes for one another, as one sign each. */
const confused: Record<string, string> = { o: '0', q: '0', d: '0', i: '1', l: '1', s: '5', b: '8', z: '2', g: '9' };

/** Folded text in which signs that OCR confuses are equal. Keeps its length. */
export function foldConfused(folded: string): string {
  return folded.replace(/[oqdilsbzg]/g, (sign) => confused[sign] ?? sign);
}
