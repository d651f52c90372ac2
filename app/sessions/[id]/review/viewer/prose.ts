import type { Word } from '#lib/core/pages/page.ts';

/** A piece of a line, with the words of the page that it shows: a long one may have been cut. Spaces show none. */
export interface Piece {
  text: string;
  words: number[];
  /** Unique within its page. */
  key: number;
}

/** A part of a text page as a reader sees it. */
export type ProseBlock =
  | { key: number; kind: 'heading' | 'line' | 'item'; pieces: Piece[] }
  | { key: number; kind: 'table'; rows: { key: number; cells: { key: number; pieces: Piece[] }[] }[] }
  | { key: number; kind: 'space' };

/** The text of a page in blocks, each of its words linked to the page's. Rows of tables have tabs between cells. */
export function toProse(text: string, words: readonly Pick<Word, 'text'>[]): ProseBlock[] {
  const cut = cutter(words);
  const blocks: ProseBlock[] = [];
  let isAfterSpace = true;
  for (const [key, line] of text.split('\n').entries()) {
    if (line.trim() === '') {
      if (blocks.length > 0) blocks.push({ key, kind: 'space' });
      isAfterSpace = true;
      continue;
    }
    const last = blocks.at(-1);
    if (line.includes('\t')) {
      const row = { key, cells: line.split('\t').map((cell, column) => ({ key: column, pieces: cut(cell) })) };
      if (last?.kind === 'table') last.rows.push(row);
      else blocks.push({ key, kind: 'table', rows: [row] });
    } else {
      const kind = isItem(line) ? 'item' : isAfterSpace && isHeading(line) ? 'heading' : 'line';
      blocks.push({ key, kind, pieces: cut(line) });
    }
    isAfterSpace = false;
  }
  return blocks;
}

/** The lines of a text as they stand, spaces and all. */
export function toLines(text: string, words: readonly Pick<Word, 'text'>[]): { key: number; pieces: Piece[] }[] {
  const cut = cutter(words);
  return text.split('\n').map((line, key) => ({ key, pieces: cut(line) }));
}

const isItem = (line: string) => /^\s*[-*•]\s/.test(line);
/** Readers set an empty line before a heading; it is short, and no sentence and no label with its value. */
const isHeading = (line: string) =>
  /^#{1,6}\s/.test(line) || (line.length <= 80 && !/[:.;,!?]/.test(line.trim()) && !/\d{3}/.test(line));

/** Cuts texts into words and spaces; the words of the page are taken from first to last. */
function cutter(words: readonly Pick<Word, 'text'>[]): (text: string) => Piece[] {
  let next = 0;
  let key = 0;
  return (text) =>
    [...text.matchAll(/\s+|\S+/g)].map(([piece]) => {
      const own: number[] = [];
      if (piece.trim() !== '') {
        for (let letters = 0; letters < piece.length && next < words.length; next++) {
          own.push(next);
          letters += words[next]?.text.length ?? 0;
        }
      }
      key += 1;
      return { text: piece, words: own, key };
    });
}
