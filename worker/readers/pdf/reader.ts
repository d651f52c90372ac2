import { z } from 'zod';
import type { Page } from '#lib/core/pages/page.ts';
import { drawnMarks } from './boxes.ts';
import { openDrawing, type Drawing } from './draw.ts';
import { type FontAbout, glyphsOf } from './glyphs.ts';
import { isSparse, isUsable, lettersOf } from './layer.ts';
import { applyLinear, toMatrix, unchanged } from './matrix.ts';
import { withoutPicture } from './images.ts';
import { pdfAttachments } from './attachments.ts';
import { marksOf, withMarks } from './marks.ts';
import { pathsOf } from './paths.ts';
import { openPage, openPdf, type PdfDocument, type PdfPage } from './open.ts';
import { isLong } from './operators.ts';
import { orderedPage } from './order.ts';
import { type DirectedWord, wordsOf } from './words.ts';
import { loadPdfJs } from './pdfjs.ts';
import { xfaBlocks, xfaNotice } from './xfa.ts';
import { withNotices } from '../notices.ts';
import type { Reader, RecognisePage } from '../reader.ts';
import { textPage } from '../text-page.ts';

/** Reads PDF files: the text layer where it is usable, else what OCR sees. */
export const pdfReader: Reader = {
  version: 'pdf-5',
  async countPages(file) {
    const pdf = await openPdf(file, withForms);
    try {
      return pdf.numPages;
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
  async *readPages(file, range, recognise) {
    const pdf = await openPdf(file, { ...withForms, ...withoutImages });
    const drawing = openDrawing(file);
    try {
      // A page is given as soon as it is read, so that it can be remembered.
      for (let pageNum = range.from; pageNum < range.to; pageNum++) {
        const page = await readPage(pdf, drawing, pageNum, recognise);
        yield withNotices(page, pageNum === 0 ? await pdfAttachments(pdf) : []);
      }
    } finally {
      await drawing.close();
      await pdf.loadingTask.destroy();
    }
  },
  async renderPageImage(file, pageNum, dpi) {
    const drawing = openDrawing(file);
    try {
      return await drawing.toPng(pageNum, dpi);
    } finally {
      await drawing.close();
    }
  },
};

/** Forms that keep their content apart from their pages. */
const withForms = { enableXfa: true };
/** No image is decoded where only text is read. */
const withoutImages = { maxImageSize: 0 };
/** What OCR sees counts more than a sparse text layer when it has so many times the letters. */
const muchMore = 1.5;

async function readPage(pdf: PdfDocument, drawing: Drawing, pageNum: number, recognise: RecognisePage): Promise<Page> {
  const page = await openPage(pdf, pageNum);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    if (pdf.isPureXfa) return withNotices(textPage(pageNum, xfaBlocks(await page.getXfa())), [xfaNotice]);
    const about = { pageNum, kind: 'pdf' as const, width, height, title: null };
    const { layer, isLong } = await readLayer(page);
    const words = layer.map(({ word }) => word);
    const isText = isUsable(words);
    // A glance at a page that draws without end would cost more than all its text.
    const mayShowMore = isText && !isLong && isSparse(words);
    if (isText && !(mayShowMore && (await drawing.showsMore(pageNum, words)))) return asText();
    const seen = await recognise({ ...about, render: (dpi) => drawing.toBitmap(pageNum, dpi) });
    // Nothing is lost: a layer of a few words says more than a picture in which fewer are seen.
    const [told, found] = [lettersOf(words), lettersOf(seen.words)];
    const read = told > 0 && told * (isText ? muchMore : 1) >= found ? asText() : seen;
    return drawing.isIncomplete(pageNum) ? withoutPicture(read) : read;

    function asText(): Page {
      return { ...about, source: 'text', ...orderedPage(layer) };
    }
  } finally {
    page.cleanup();
  }
}

interface Layer {
  layer: DirectedWord[];
  /** Whether more is drawn than on any page that people make. */
  isLong: boolean;
}

/** The words of a page's text layer, boxes as fractions of the page as it is shown, rotation and crop applied. */
async function readLayer(page: PdfPage): Promise<Layer> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const operators = await page.getOperatorList({ intent: 'display' });
  const shown = { width, height, matrix: toMatrix(transform) ?? unchanged };
  const { OPS } = await loadPdfJs();
  const about = { width, height, direction: applyLinear(shown.matrix, 1, 0) };
  const glyphs = glyphsOf(operators, OPS, (name) => fontOf(page, name), shown);
  const words = wordsOf(glyphs, shown);
  const inForm = await marksOf(page, shown);
  const isTooLong = isLong(operators);
  const isForm = inForm.length > 0 || isTooLong;
  const drawn = isForm ? [] : drawnMarks(pathsOf(operators, OPS, shown.matrix), words, about);
  return { layer: withMarks(words, [...inForm, ...drawn]), isLong: isTooLong };
}

const fontSchema = z.object({
  vertical: z.boolean().catch(false),
  fontMatrix: z.array(z.number()).optional().catch([]),
  name: z.string().optional().catch(undefined),
});

/** What is said of a font that the page uses; a broken one counts as a plain one. */
function fontOf(page: PdfPage, name: string): FontAbout {
  const {
    vertical,
    fontMatrix,
    name: fontName = '',
  } = fontSchema.parse(page.commonObjs.has(name) ? page.commonObjs.get(name) : {});
  return { vertical, unit: fontMatrix?.[0] || 0.001, isDingbats: fontName.endsWith('ZapfDingbats') };
}
