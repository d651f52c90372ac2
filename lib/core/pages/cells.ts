import type { Page, Word } from './page.ts';

/** Whether a word begins another cell of a table, or another column, than the word before it on its line. */
export type BeginsCell = (before: Word, word: Word) => boolean;

/** Words further apart than so many of their heights are in different cells. */
const cellGap = 1.1;
/** Text is set in even columns: one space parts words, two part cells. */
const textGap = 0.75;
/** Figures stand close in narrow tables; within a number the gap between groups of digits is smaller. */
const figureGap = 0.6;
/** Columns of a worksheet are so wide, in the units of its page. */
const sheetColumn = 100;

/** Tells the cells of a page's lines apart: by the gap between words, on a worksheet by its columns. */
export function cellsOf({ kind, width, height }: Pick<Page, 'kind' | 'width' | 'height'>): BeginsCell {
  if (kind === 'sheet') {
    const columns = width / sheetColumn;
    return (_, { x }) => Math.abs(x * columns - Math.round(x * columns)) < 1e-6;
  }
  const usual = kind === 'text' ? textGap : cellGap;
  return (before, word) => {
    const areFigures = /\d$/.test(before.text) && /^\d/.test(word.text);
    const gap = ((word.x - before.x - before.width) * width) / height;
    return gap > Math.min(word.height, before.height) * (areFigures ? figureGap : usual);
  };
}
