import { heldFilesOf } from './attachments.ts';
import { openDrawing } from './draw.ts';
import { openBoth } from './opened.ts';
import { openPdf } from './open.ts';
import { readPage } from './page.ts';
import { openPdfium } from './pdfium/document.ts';
import { withNotices } from '../notices.ts';
import type { Reader } from '../reader.ts';
import { textPage } from '../text-page.ts';

/**
 * Reads PDF files: the text layer where it is usable, else what OCR sees. An electronic invoice that the file holds is
 * shown on pages behind its own.
 */
export const pdfReader: Reader = {
  version: 'pdf-10',
  async countPages(file) {
    const pdf = await openBoth(file);
    try {
      const { invoice } = await pdf.attachments();
      return pdf.pageCount + (invoice?.pages.length ?? 0);
    } finally {
      await pdf.close();
    }
  },
  async *readPages(file, range, recognise) {
    const pdf = await openBoth(file);
    try {
      const isWanted = range.from === 0 || range.to > pdf.pageCount;
      const { invoice, notices, others } = isWanted
        ? await pdf.attachments()
        : { invoice: null, notices: [], others: [] };
      // A page is given as soon as it is read, so that it can be remembered.
      for (let pageNum = range.from; pageNum < Math.min(range.to, pdf.pageCount); pageNum++) {
        const page = await readPage(pdf, pageNum, recognise);
        yield pageNum === 0
          ? { ...withNotices(page, notices), ...(others.length > 0 ? { holdsFiles: true } : {}) }
          : page;
      }
      for (let pageNum = Math.max(range.from, pdf.pageCount); pageNum < range.to; pageNum++) {
        const blocks = invoice?.pages[pageNum - pdf.pageCount];
        if (blocks) yield { ...textPage(pageNum, blocks, invoice.title), isEmbedded: true };
      }
    } finally {
      await pdf.close();
    }
  },
  async *unpack(file) {
    const pdf = await openPdf(file);
    try {
      yield* heldFilesOf(pdf);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
  async renderPageImage(file, pageNum, dpi) {
    const pdfium = file.pdfReader === 'pdfjs' ? null : await openPdfium(file);
    const drawing = openDrawing(file, pdfium);
    try {
      return await drawing.toPng(pageNum, dpi);
    } finally {
      await drawing.close();
      pdfium?.close();
    }
  },
};
