import { groupLines } from '#lib/extraction/lines.ts';
import type { Page, Word } from '#lib/extraction/page.ts';

export interface IndexedWord extends Word {
  /** Index into the page's words. */
  index: number;
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
  /** Width divided by height: a distance across is so much longer than the same fraction down. */
  aspect: number;
}

/** Words further apart than so many of their heights are in different cells. */
const cellGap = 1.1;

export function viewPage(page: Page): View {
  const aspect = page.width / page.height;
  const words = page.words.map((word, index) => ({ ...word, index }));
  const heights = words.map((word) => word.height).toSorted((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 2)] ?? 0.01;
  const lines = groupLines(words).map((line, number) => toLine(line.words, number, aspect, page.kind === 'sheet'));
  return { lines, height, isOcr: page.source === 'ocr', aspect };
}

function toLine(words: IndexedWord[], number: number, aspect: number, isSheet: boolean): ViewLine {
  const groups: IndexedWord[][] = [];
  for (const word of words) {
    const last = groups.at(-1)?.at(-1);
    const gap = last ? (word.x - (last.x + last.width)) * aspect : Number.POSITIVE_INFINITY;
    const limit = isSheet ? 0.02 * aspect : Math.min(word.height, last?.height ?? word.height) * cellGap;
    if (gap > limit) groups.push([word]);
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

/** The words behind a stretch of `words.map(text).join(' ')`. */
export function wordsOfSpan(words: readonly IndexedWord[], start: number, end: number): IndexedWord[] {
  let at = 0;
  return words.filter((word) => {
    const [from, to] = [at, at + word.text.length];
    at = to + 1;
    return from < end && start < to;
  });
}
