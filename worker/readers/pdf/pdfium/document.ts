import { readFile } from 'node:fs/promises';
import type { Box } from '#lib/core/pages/page.ts';
import type { Glyph } from '../glyph.ts';
import type { Bitmap, FileToRead } from '../../reader.ts';
import { draw } from './draw.ts';
import { abandonPdfium, loadPdfium, type Pdfium } from './load.ts';
import { copyIn } from './memory.ts';
import type { OpenPage } from './open-page.ts';
import { plainGlyphs, withPage } from './page.ts';
import { picturesOf } from './pictures.ts';

/** A page of text, lines and pictures: its signs in the order in which they are drawn. */
export interface PlainPage {
  /** Points of the page as it is shown. */
  width: number;
  height: number;
  glyphs: Glyph[];
  /** Those in which print may be, as fractions of the page. */
  pictures: Box[];
}

/** A PDF that PDFium has open. It answers null for what pdf.js reads better, or is needed for. */
export interface PdfiumDocument {
  pageCount: number;
  /** Whether it may hold files, or a form that keeps its content apart from its pages. */
  holdsMore: boolean;
  plainPage(pageNum: number): PlainPage | null;
  draw(pageNum: number, dpi: number): Bitmap | null;
  close(): void;
}

/** `FPDF_GetFormType` of files without a form, and with one whose fields are on its pages. */
const plainForms = new Set([0, 1]);

/** Opens a PDF with PDFium; null for one that it refuses, of which pdf.js knows to say why. */
export async function openPdfium({ path, password, pdfReader }: FileToRead): Promise<PdfiumDocument | null> {
  const content = await readFile(path);
  // PDFium does not know of pages whose unit is another than a point.
  if (content.includes('/UserUnit')) return null;
  const pdfium = await loadPdfium();
  try {
    const pointer = copyIn(pdfium, content);
    const document = pdfium.FPDF_LoadMemDocument(pointer, content.length, password ?? '');
    if (document !== 0) return documentOf(pdfium, document, pointer, pdfReader === 'pdfium');
    pdfium.pdfium.wasmExports.free(pointer);
  } catch {
    abandonPdfium();
  }
  return null;
}

function documentOf(pdfium: Pdfium, document: number, pointer: number, isAsked: boolean): PdfiumDocument {
  let isBroken = false;
  /** After a trap, such as one for lack of memory, nothing more is asked of it: pdf.js reads the rest. */
  function unlessBroken<T>(ask: () => T): T | null {
    if (isBroken) return null;
    try {
      return ask();
    } catch {
      isBroken = true;
      abandonPdfium();
      return null;
    }
  }
  const onPage = <T>(pageNum: number, use: (page: OpenPage) => T | null) =>
    unlessBroken(() => withPage(pdfium, document, pageNum, use));
  const isXfa = !plainForms.has(pdfium.FPDF_GetFormType(document));
  return {
    pageCount: pdfium.FPDF_GetPageCount(document),
    holdsMore: isXfa || pdfium.FPDFDoc_GetAttachmentCount(document) > 0,
    plainPage: (pageNum) =>
      onPage(pageNum, (page) => {
        const glyphs = isXfa ? null : plainGlyphs(page, isAsked);
        return glyphs && { width: page.width, height: page.height, glyphs, pictures: picturesOf(page) };
      }),
    draw: (pageNum, dpi) => onPage(pageNum, (page) => draw(page, dpi)),
    close: () =>
      unlessBroken(() => {
        pdfium.FPDF_CloseDocument(document);
        pdfium.pdfium.wasmExports.free(pointer);
      }),
  };
}
