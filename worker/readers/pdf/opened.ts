import type { FileToRead } from '../reader.ts';
import { type Attachments, pdfAttachments } from './attachments.ts';
import { type Drawing, openDrawing } from './draw.ts';
import { openPdf, type PdfDocument } from './open.ts';
import { openPdfium, type PdfiumDocument } from './pdfium/document.ts';

/** A PDF to read: with PDFium where that reads it as well, and with pdf.js, which is started when it is needed. */
export interface OpenedPdf {
  pdfium: PdfiumDocument | null;
  /** What it looks like. */
  drawing: Drawing;
  pageCount: number;
  /** @throws DocumentError `encrypted_file` or `corrupt_file` */
  pdfJs(): Promise<PdfDocument>;
  attachments(): Promise<Attachments>;
  close(): Promise<void>;
}

/** No image is decoded where only text is read; forms may keep their content apart from their pages. */
const forText = { maxImageSize: 0, enableXfa: true };
const nothingAttached: Attachments = { invoice: null, notices: [], others: [] };

/** @throws DocumentError `encrypted_file` or `corrupt_file` */
export async function openBoth(file: FileToRead): Promise<OpenedPdf> {
  const pdfium = file.pdfReader === 'pdfjs' ? null : await openPdfium(file);
  let opened: Promise<PdfDocument> | null = null;
  const pdfJs = () => (opened ??= openPdf(file, forText));
  const drawing = openDrawing(file, pdfium);
  return {
    pdfium,
    drawing,
    pageCount: pdfium && !pdfium.holdsMore ? pdfium.pageCount : (await pdfJs()).numPages,
    pdfJs,
    attachments: async () => (pdfium && !pdfium.holdsMore ? nothingAttached : pdfAttachments(await pdfJs())),
    async close() {
      await drawing.close();
      pdfium?.close();
      const pdf = await opened?.catch(() => null);
      await pdf?.loadingTask.destroy();
    },
  };
}
