import { type BeginsCell, cellsOf } from '#lib/core/pages/cells.ts';
import { groupLines } from '#lib/core/pages/lines.ts';
import { turnUpright } from '#lib/core/pages/upright.ts';
import type { Page, Word } from '#lib/core/pages/page.ts';

export interface IndexedWord extends Word {
  /** Index into the page's words. */
  index: number;
  /** It is the first word of a cell. */
  beginsCell: boolean;
}

/** Words of a line that stand close together: a phrase, or a cell of a table. */
export interface Cell {
  words: IndexedWord[];
  text: string;
  x: number;
  right: number;
  /** Number of its line. */
  line: number;
}

export interface ViewLine {
  number: number;
  words: IndexedWord[];
  cells: Cell[];
  y: number;
  height: number;
}

/** A page as the engine looks at it. */
export interface View {
  lines: ViewLine[];
  /** The usual height of a word. */
  height: number;
  isOcr: boolean;
  /** Set in lines of one height, as a text without a layout of its own is. */
  isEven: boolean;
  /** Width divided by height: a distance across is so much longer than the same fraction down. */
  aspect: number;
}

export function viewPage(page: Page): View {
  const upright = turnUpright({
    ...page,
    words: page.words.map((word, index) => ({ ...word, index, beginsCell: false })),
  });
  const { words } = upright;
  const aspect = upright.width / upright.height;
  const heights = words.map((word) => word.height).toSorted((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 2)] ?? 0.01;
  const beginsCell = cellsOf(upright);
  const lines = groupLines(words).map((line, number) => toLine(line.words, number, beginsCell));
  return { lines, height, isOcr: page.source === 'ocr', isEven: page.kind === 'text', aspect };
}

function toLine(words: IndexedWord[], number: number, beginsCell: BeginsCell): ViewLine {
  const groups: IndexedWord[][] = [];
  for (const word of words) {
    const last = groups.at(-1)?.at(-1);
    word.beginsCell = !last || beginsCell(last, word);
    if (word.beginsCell) groups.push([word]);
    else groups.at(-1)?.push(word);
  }
  const cells = groups.map((group) => toCell(group, number));
  const height = Math.max(...words.map((word) => word.height));
  return { number, words, cells, y: words[0]?.y ?? 0, height };
}

export function toCell(words: IndexedWord[], line: number): Cell {
  const last = words.at(-1);
  return {
    words,
    text: words.map((word) => word.text).join(' '),
    x: words[0]?.x ?? 0,
    right: last ? last.x + last.width : 0,
    line,
  };
}

/** Words as one text: a space between two of a cell, a tab between two cells, so that nothing is read across cells. */
export function textOf(words: readonly IndexedWord[]): string {
  return words.map(({ text, beginsCell }, place) => (place === 0 ? '' : beginsCell ? '\t' : ' ') + text).join('');
}

/** The words behind a stretch of `textOf(words)`. */
export function wordsOfSpan(words: readonly IndexedWord[], start: number, end: number): IndexedWord[] {
  let at = 0;
  return words.filter((word) => {
    const [from, to] = [at, at + word.text.length];
    at = to + 1;
    return from < end && start < to;
  });
}
