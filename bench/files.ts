import { createCanvas } from '@napi-rs/canvas';
import XLSX from '@e965/xlsx';
import { PDFDocument, StandardFonts } from 'pdf-lib';

const sentence =
  'The borrower shall pay interest of 4.25 percent on the balance of 12,500.00 outstanding at 3 May 2025';
const words = sentence.split(' ');
const linesPerPage = 45;

function lineOf(page: number, line: number): string {
  return Array.from({ length: 11 }, (_, index) => words[(page * 7 + line * 5 + index) % words.length]).join(' ');
}

/** A PDF of pages of about 500 words. */
export async function printedPdf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 0; page < pages; page++) {
    const sheet = document.addPage([595, 842]);
    for (let line = 0; line < linesPerPage; line++)
      sheet.drawText(lineOf(page, line), { x: 50, y: 790 - line * 16, size: 9, font });
  }
  return document.save();
}

/** The same at 200 dpi, as a scanner would see it. */
export function scannedPage(): Promise<Uint8Array> {
  const canvas = createCanvas(1654, 2339);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.font = '25px sans-serif';
  for (let line = 0; line < linesPerPage; line++) context.fillText(lineOf(0, line), 140, 150 + line * 44);
  return canvas.encode('png');
}

/** A PDF of scanned pages without any text layer, ten different ones in turn, each of 25 lines at 150 dpi. */
export async function scannedPdf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const scans = await Promise.all(
    Array.from({ length: Math.min(10, pages) }, async (_, page) => document.embedJpg(await scan(page))),
  );
  for (let page = 0; page < pages; page++) {
    const image = scans[page % scans.length];
    if (image) document.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
  return document.save();
}

function scan(page: number): Promise<Uint8Array> {
  const canvas = createCanvas(1240, 1754);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  context.font = '19px sans-serif';
  for (let line = 0; line < 25; line++) context.fillText(lineOf(page, line), 100, 120 + line * 60);
  return canvas.encode('jpeg', 80);
}

/** 10,000 rows of 40 cells. */
export function bigWorkbook(): Uint8Array {
  const table = Array.from({ length: 10_000 }, (_, row) =>
    Array.from({ length: 40 }, (_cell, column) => (column % 2 ? row * column : `text ${row} ${column}`)),
  );
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(table), 'Big');
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
}

export function smallText(): string {
  return Array.from({ length: 20 }, (_, line) => lineOf(0, line)).join('\n');
}
