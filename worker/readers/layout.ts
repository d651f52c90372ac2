import { groupLines, type Line as LineOf } from '#lib/core/pages/lines.ts';
import type { Word } from '#lib/core/pages/page.ts';
import { lineInLogicalOrder } from './right-to-left.ts';

type Line = LineOf<Word>;

/** A gap of so many character widths parts two columns of one line. */
const columnGap = 2;
/** Characters across a page in `layout` text, at most. */
const maxLayoutWidth = 160;

/** Words in reading order: columns of prose one after the other, everything else line by line. */
export function readingOrder(words: readonly Word[]): { words: Word[]; text: string } {
  const lines = groupLines(words);
  const blocks = splitColumns(lines).map((block) => block.map(inLineOrder));
  const ordered = blocks.flat();
  return {
    words: ordered.flatMap((line) => line.words),
    text: blocks.map((block) => block.map(lineText).join('\n')).join('\n\n'),
  };
}

function inLineOrder(line: Line): Line {
  return { ...line, words: lineInLogicalOrder(line.words) };
}

function lineText(line: Line): string {
  return line.words.map((word) => word.text).join(' ');
}

/**
 * Parts a page at a gutter when both sides are prose: a free vertical band with many lines of several words on each
 * side. A table has such bands too, but its cells are short, and its rows must stay together.
 */
function splitColumns(lines: Line[]): Line[][] {
  const gutter = findGutter(lines);
  if (gutter === null) return lines.length > 0 ? [lines] : [];
  const blocks: Line[][] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  const flush = () => {
    if (left.length > 0) blocks.push(left);
    if (right.length > 0) blocks.push(right);
    [left, right] = [[], []];
  };
  for (const line of lines) {
    const crossing = line.words.some((word) => word.x < gutter && word.x + word.width > gutter);
    if (crossing) {
      flush();
      blocks.push([line]);
      continue;
    }
    const [before, after] = [line.words.filter((w) => w.x < gutter), line.words.filter((w) => w.x >= gutter)];
    if (before.length > 0) left.push({ ...line, words: before });
    if (after.length > 0) right.push({ ...line, words: after });
  }
  flush();
  return blocks;
}

const minProseLines = 8;
const minProseWords = 4;

function findGutter(lines: readonly Line[]): number | null {
  for (const x of [0.5, 0.48, 0.52, 0.46, 0.54, 0.44, 0.56]) {
    const free = lines.filter(
      (line) => !line.words.some((word) => word.x < x + 0.005 && word.x + word.width > x - 0.005),
    );
    const sides = free.map((line) => ({
      left: line.words.filter((word) => word.x < x),
      right: line.words.filter((word) => word.x >= x),
    }));
    const both = sides.filter(({ left, right }) => left.length > 0 && right.length > 0);
    const isProse = (side: Word[][]) =>
      average(side.map((words) => words.length)) >= minProseWords && average(side.map(fill)) > 0.6;
    if (both.length < minProseLines || both.length < lines.length * 0.4) continue;
    if (isProse(both.map(({ left }) => left)) && isProse(both.map(({ right }) => right))) return x;
  }
  return null;
}

/** How much of its extent a run of words covers: prose nearly all, cells of a table little. */
function fill(words: Word[]): number {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return 0;
  const extent = last.x + last.width - first.x;
  return extent > 0.25 ? words.reduce((sum, word) => sum + word.width, 0) / extent : 0;
}

function average(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(numbers.length, 1);
}

/** The page as it looks: each word in the column where it stands, empty lines where there is room. */
export function layoutText(words: readonly Word[]): string {
  const lines = groupLines(words);
  const unit = characterWidth(words);
  const rows: string[] = [];
  let bottom: number | null = null;
  for (const line of lines) {
    const height = line.bottom - line.top;
    if (bottom !== null && line.top - bottom > height * 1.8) rows.push('');
    rows.push(layoutLine(line, unit));
    bottom = line.bottom;
  }
  return rows.join('\n');
}

function layoutLine(line: Line, unit: number): string {
  let text = '';
  for (const cell of cellsOf(line, unit)) {
    const column = Math.min(Math.round((cell[0]?.x ?? 0) / unit), maxLayoutWidth);
    text = text === '' ? ' '.repeat(column) : text + ' '.repeat(Math.max(2, column - text.length));
    text += lineInLogicalOrder(cell)
      .map((word) => word.text)
      .join(' ');
  }
  return text.trimEnd();
}

/** The words of a line, parted where there is room for a column. */
function cellsOf(line: Line, unit: number): Word[][] {
  const cells: Word[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const word of line.words) {
    if (word.x - end < columnGap * unit) cells.at(-1)?.push(word);
    else cells.push([word]);
    end = word.x + word.width;
  }
  return cells;
}

/** The usual width of a character, as a fraction of the page. */
function characterWidth(words: readonly Word[]): number {
  const widths = words.filter((word) => word.text.length > 1).map((word) => word.width / word.text.length);
  const median = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0.01;
  return Math.max(median, 1 / maxLayoutWidth);
}
