import type { Page, Word } from '#lib/core/pages/page.ts';
import type { Random } from './random.ts';

/** A line of a page: phrases at columns of a grid of 100. */
export type SheetLine = [column: number, text: string][];
export type Sheet = SheetLine[];

const columns = 100;
const rows = 62;
const margin = 0.04;

export const line = (text: string, column = 4): SheetLine => [[column, text]];
export const gap: SheetLine = [];

/** Top and bottom of a line, as fractions of the page's height. */
export function placeOf(row: number): { top: number; bottom: number } {
  const top = margin + row / (rows + 6);
  return { top, bottom: top + 0.011 };
}

/** A printed page. */
export function printPage(pageNum: number, sheet: Sheet): Page {
  const words = sheet.flatMap((cells, row) =>
    cells.flatMap(([column, text]) =>
      [...text.matchAll(/\S+/g)].map((match): Word => {
        const { top, bottom } = placeOf(row);
        const x = (column + match.index * 0.95) / columns;
        return {
          text: match[0],
          x,
          y: top,
          width: (match[0].length * 0.95) / columns,
          height: bottom - top,
          confidence: null,
        };
      }),
    ),
  );
  const text = sheet.map((cells) => cells.map(([, phrase]) => phrase).join('  ')).join('\n');
  return { pageNum, kind: 'pdf', source: 'text', width: 612, height: 792, title: null, words, text, layout: text };
}

const confused: Record<string, string> = {
  '0': 'O',
  O: '0',
  o: '0',
  '1': 'l',
  l: '1',
  I: '1',
  '5': 'S',
  S: '5',
  s: '5',
  '8': 'B',
  B: '8',
};

/** The page as OCR reads a scan of it: signs taken for others, words a little out of line, some lost. */
export function scanPage(page: Page, random: Random): Page {
  const words = page.words.flatMap((word): Word[] => {
    if (random.chance(0.002)) return [];
    const text = [...word.text].map((sign) => (random.chance(0.03) ? (confused[sign] ?? sign) : sign)).join('');
    const confidence = text === word.text ? 0.7 + random.next() * 0.29 : 0.4 + random.next() * 0.4;
    const [x, y] = [word.x + (random.next() - 0.5) * 0.002, word.y + (random.next() - 0.5) * 0.002];
    return [{ ...word, text, x, y, confidence }];
  });
  return { ...page, source: 'ocr', words };
}
