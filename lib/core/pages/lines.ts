import type { Box } from './page.ts';

/** Words on one line of a page, left to right. */
export interface Line<W extends Box> {
  words: W[];
  /** Fractions of the page's height, a little inside the first word's own. */
  top: number;
  bottom: number;
}

const middle = (word: Box) => word.y + word.height / 2;

/** How many lines back a word may still belong to: lines that overlap a little are sorted close together. */
const linesBack = 4;

/** Groups words whose middles lie within each other's height into lines, top to bottom. */
export function groupLines<W extends Box>(words: readonly W[]): Line<W>[] {
  const lines: Line<W>[] = [];
  for (const word of words.toSorted((a, b) => middle(a) - middle(b) || a.x - b.x)) {
    const line = lines.slice(-linesBack).findLast((one) => one.top <= middle(word) && middle(word) <= one.bottom);
    if (line) {
      line.words.push(word);
      continue;
    }
    // A little less than the word: tall letters of the next line must not fall into this one.
    const inset = word.height * 0.15;
    lines.push({ words: [word], top: word.y + inset, bottom: word.y + word.height - inset });
  }
  for (const line of lines) line.words.sort((a, b) => a.x - b.x);
  return lines.toSorted((one, other) => one.top - other.top);
}
