import { randomBytes } from 'node:crypto';
import { PDFDocument, type PDFPage, StandardFonts } from 'pdf-lib';

export interface Scan {
  pages: number;
  /** Of each page's picture, which does not compress. */
  bytesPerPage: number;
  /** What is printed on a page besides its number. */
  textOf: (pageNum: number) => string;
}

/** A PDF as large as scanners with OCR make them: a heavy picture on each page, and text. */
export async function scan({ pages, bytesPerPage, textOf }: Scan): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let pageNum = 0; pageNum < pages; pageNum++) {
    const page = document.addPage([612, 792]);
    drawNoise(document, page, bytesPerPage);
    page.drawText(`Scanned page ${pageNum + 1} of ${pages}, archive of the branch Riverside`, {
      x: 72,
      y: 60,
      size: 9,
      font,
    });
    page.drawText(textOf(pageNum), { x: 72, y: 720, size: 12, font });
  }
  // Each page beside its picture, as a scanner writes them.
  return document.save({ useObjectStreams: false });
}

/** Shown as small as a stamp: a page that shows more than its text says would be recognised, which takes long. */
function drawNoise(document: PDFDocument, page: PDFPage, bytes: number): void {
  const width = 600;
  const height = Math.floor(bytes / width);
  const picture = document.context.stream(randomBytes(width * height), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: 'DeviceGray',
    BitsPerComponent: 8,
  });
  const name = page.node.newXObject('Scan', document.context.register(picture));
  const operators = `q 30 0 0 30 500 700 cm ${name.toString()} Do Q`;
  page.node.addContentStream(document.context.register(document.context.stream(operators)));
}
