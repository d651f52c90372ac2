import { PDFDocument, StandardFonts } from 'pdf-lib';
import { expect, it } from 'vitest';
import { readContent } from '#tests/support/read-file.ts';

/** The lines of a page on which texts stand letter by letter, each in a box so wide. */
async function linesOf(...texts: [text: string, pitch: number][]): Promise<string[]> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Courier);
  const page = pdf.addPage([595, 842]);
  page.drawText('A form with enough words for a text layer', { x: 50, y: 800, size: 10, font });
  for (const [row, [text, pitch]] of texts.entries()) {
    for (const [place, letter] of [...text].entries()) {
      if (letter !== ' ') page.drawText(letter, { x: 50 + place * pitch, y: 760 - 30 * row, size: 10, font });
    }
  }
  const [read] = await readContent('pdf', await pdf.save());
  return read?.text.split('\n').slice(1) ?? [];
}

it('letters in boxes of a form are words, parted by empty boxes', async () => {
  expect(await linesOf(['DE89370400440532013000', 16], ['MUSTERMANN ERIKA', 18], ['04031980', 15])).toEqual([
    'DE89370400440532013000',
    'MUSTERMANN ERIKA',
    '04031980',
  ]);
});

it('a scale to tick and figures of columns are not', async () => {
  expect(await linesOf(['12345', 18], ['7391', 60])).toEqual(['1 2 3 4 5', '7 3 9 1']);
});
