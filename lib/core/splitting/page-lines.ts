import { groupLines } from '../pages/lines.ts';
import type { Page, Word } from '../pages/page.ts';

export interface PlacedWord extends Word {
  /** Index into the page's words. */
  index: number;
}

/** Words of a line that stand close together: a phrase, or a cell of a table. */
export interface LineCell {
  words: PlacedWord[];
  x: number;
  right: number;
}

export interface PageLine {
  words: PlacedWord[];
  cells: LineCell[];
  /** Fractions of the page's height. */
  top: number;
  bottom: number;
}

/** Words further apart than so many of their heights are in different cells. */
const cellGap = 1.1;

/** The lines of a page, top to bottom, parted into cells. Blank words are left out. */
export function linesOfPage(page: Page): PageLine[] {
  const aspect = page.width / page.height;
  const words = page.words.flatMap((word, index) => (word.text.trim() === '' ? [] : partLabel({ ...word, index })));
  return groupLines(words).map((line) => ({
    words: line.words,
    cells: cellsOf(line.words, aspect),
    top: Math.min(...line.words.map((word) => word.y)),
    bottom: Math.max(...line.words.map((word) => word.y + word.height)),
  }));
}

const glued = /^(\p{L}[\p{L}.]*[:#])(?=[^\s:#]*\d)(\S+)$/u;

/** `number:100201` is a label and its value: two words in one place. */
function partLabel(word: PlacedWord): PlacedWord[] {
  const [, label, value] = glued.exec(word.text) ?? [];
  if (label === undefined || value === undefined) return [word];
  const width = (word.width * label.length) / word.text.length;
  return [
    { ...word, text: label, width },
    { ...word, text: value, x: word.x + width, width: word.width - width },
  ];
}

function cellsOf(words: readonly PlacedWord[], aspect: number): LineCell[] {
  const cells: LineCell[] = [];
  for (const word of words) {
    const last = cells.at(-1);
    const before = last?.words.at(-1);
    const limit = Math.min(word.height, before?.height ?? word.height) * cellGap;
    if (last && (word.x - last.right) * aspect <= limit) {
      last.words.push(word);
      last.right = word.x + word.width;
    } else cells.push({ words: [word], x: word.x, right: word.x + word.width });
  }
  return cells;
}

/** Words that begin with a small letter: many of them make a sentence. */
export function smallWords(words: readonly PlacedWord[]): number {
  return words.filter((word) => /^\p{Ll}[\p{L}'’-]*[,.;]?$/u.test(word.text)).length;
}

export function textOf(words: readonly PlacedWord[]): string {
  return words.map((word) => word.text).join(' ');
}
