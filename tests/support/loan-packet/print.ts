import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Sheet } from './sheet.ts';

const [width, height, margin] = [612, 792, 24];

/** Sheets as a PDF with a text layer. */
export async function printPdf(sheets: readonly Sheet[]): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Courier);
  for (const sheet of sheets) {
    const page = document.addPage([width, height]);
    for (const [row, cells] of sheet.entries()) {
      const y = height - margin - 12 - row * 12;
      for (const [column, text] of cells) page.drawText(text, { x: margin + column * 5.4, y, size: 8.5, font });
    }
  }
  return new Uint8Array(await document.save());
}
