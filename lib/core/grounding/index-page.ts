import { type BeginsCell, cellsOf } from '#lib/core/pages/cells.ts';
import { groupLines } from '#lib/core/pages/lines.ts';
import { turnUpright } from '#lib/core/pages/upright.ts';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { lettersAndDigits } from './letters.ts';

/** A line as text, with the word behind each of its characters. */
export interface IndexedLine {
  text: string;
  /** Index into the page's words, by character; −1 between two words: a space, or a tab between two cells. */
  wordAt: number[];
  words: number[];
  y: number;
}

/** A page made ready for finding texts in it. */
export interface PageIndex {
  words: readonly Word[];
  lines: IndexedLine[];
  /** Index of a word's line, by word. */
  lineOf: number[];
  /** Letters and digits of all words in reading order, without case, marks and spaces. */
  folded: string;
  /** Index into the words, by character of `folded`. */
  foldedWord: number[];
  /** Characters of `folded` at which a word begins. */
  starts: Set<number>;
  /** Words that begin a cell of their line. */
  cellStarts: Set<number>;
}

const indexed = new WeakMap<Page, PageIndex>();

/** The index of a page, made once. */
export function indexPage(page: Page): PageIndex {
  const known = indexed.get(page);
  if (known) return known;
  const index = makeIndex(page);
  indexed.set(page, index);
  return index;
}

function makeIndex(page: Page): PageIndex {
  const { words } = page;
  const upright = turnUpright({ ...page, words: words.map((word, index) => ({ ...word, index })) });
  const beginsCell = cellsOf(upright);
  const numbered = groupLines(upright.words);
  const cellStarts = new Set<number>();
  const lines = numbered.map((line) => indexLine(line.words, beginsCell, cellStarts));
  const lineOf: number[] = [];
  lines.forEach((line, number) => line.words.forEach((word) => (lineOf[word] = number)));
  let folded = '';
  const foldedWord: number[] = [];
  const starts = new Set<number>();
  words.forEach((word, index) => {
    const text = lettersAndDigits(word.text);
    if (text !== '') starts.add(folded.length);
    folded += text;
    for (let i = 0; i < text.length; i++) foldedWord.push(index);
  });
  starts.add(folded.length);
  return { words, lines, lineOf, folded, foldedWord, starts, cellStarts };
}

function indexLine(
  words: readonly (Word & { index: number })[],
  beginsCell: BeginsCell,
  cellStarts: Set<number>,
): IndexedLine {
  let text = '';
  const wordAt: number[] = [];
  for (const [place, word] of words.entries()) {
    const before = words[place - 1];
    if (before) {
      const isFirst = beginsCell(before, word);
      if (isFirst) cellStarts.add(word.index);
      text += isFirst ? '\t' : ' ';
      wordAt.push(-1);
    }
    text += word.text;
    for (let i = 0; i < word.text.length; i++) wordAt.push(word.index);
  }
  return { text, wordAt, words: words.map((word) => word.index), y: words[0]?.y ?? 0 };
}

/** Words as the page has them. */
export function printed(index: PageIndex, words: readonly number[]): string {
  return words.map((word) => index.words[word]?.text ?? '').join(' ');
}
