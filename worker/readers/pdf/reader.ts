import { z } from 'zod';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { drawnMarks } from './boxes.ts';
import { joinCombs } from './combs.ts';
import { openDrawing, type Drawing } from './draw.ts';
import { type FontAbout, glyphsOf } from './glyphs.ts';
import { isSparse, isUsable, lettersOf } from './layer.ts';
import { applyLinear, toMatrix, unchanged } from './matrix.ts';
import { withoutPicture } from './images.ts';
import { type Attachments, heldFilesOf, pdfAttachments } from './attachments.ts';
import { marksOf, withMarks } from './marks.ts';
import { pathsOf } from './paths.ts';
import { openPage, openPdf, type PdfDocument, type PdfPage } from './open.ts';
import { isLong } from './operators.ts';
import { orderedPage } from './order.ts';
import { betterWords, isLayerOfScan, wordsBeside } from './seen-layer.ts';
import { type Heard, heedWarnings } from './warnings.ts';
import { type DirectedWord, wordsOf } from './words.ts';
import { loadPdfJs } from './pdfjs.ts';
import { xfaBlocks, xfaNotice } from './xfa.ts';
import { withNotices } from '../notices.ts';
import type { Reader, RecognisePage } from '../reader.ts';
import { textPage } from '../text-page.ts';

/**
 * Reads PDF files: the text layer where it is usable, else what OCR sees. An electronic invoice that the file holds is
 * shown on pages behind its own.
 */
export const pdfReader: Reader = {
  version: 'pdf-9',
  async countPages(file) {
    const pdf = await openPdf(file, withForms);
    try {
      const { invoice } = await pdfAttachments(pdf);
      return pdf.numPages + (invoice?.pages.length ?? 0);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
  async *readPages(file, range, recognise) {
    const pdf = await openPdf(file, { ...withForms, ...withoutImages });
    const drawing = openDrawing(file);
    try {
      const isWanted = range.from === 0 || range.to > pdf.numPages;
      const { invoice, notices, others } = isWanted ? await pdfAttachments(pdf) : nothingAttached;
      // A page is given as soon as it is read, so that it can be remembered.
      for (let pageNum = range.from; pageNum < Math.min(range.to, pdf.numPages); pageNum++) {
        const page = await readPage(pdf, drawing, pageNum, recognise);
        yield pageNum === 0
          ? { ...withNotices(page, notices), ...(others.length > 0 ? { holdsFiles: true } : {}) }
          : page;
      }
      for (let pageNum = Math.max(range.from, pdf.numPages); pageNum < range.to; pageNum++) {
        const blocks = invoice?.pages[pageNum - pdf.numPages];
        if (blocks) yield { ...textPage(pageNum, blocks, invoice.title), isEmbedded: true };
      }
    } finally {
      await drawing.close();
      await pdf.loadingTask.destroy();
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
const nothingAttached: Attachments = { invoice: null, notices: [], others: [] };
/** What OCR sees counts more than a sparse text layer when it has so many times the letters. */
const muchMore = 1.5;

async function readPage(pdf: PdfDocument, drawing: Drawing, pageNum: number, recognise: RecognisePage): Promise<Page> {
  const page = await openPage(pdf, pageNum);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    if (pdf.isPureXfa) return withNotices(textPage(pageNum, xfaBlocks(await page.getXfa())), [xfaNotice]);
    const about = { pageNum, kind: 'pdf' as const, width, height, title: null };
    const { layer, isLong, isOfScan, hasPictures, lacksPicture } = await readLayer(page);
    const words = layer.map(({ word }) => word);
    const isText = isUsable(words);
    const isComplete = () => !lacksPicture && !drawing.isIncomplete(pageNum);
    if (isText && !(await showsMore())) return isComplete() ? asText(layer) : withoutPicture(asText(layer));
    const seen = await recognise({ ...about, render: (dpi) => drawing.toBitmap(pageNum, dpi) });
    const read = isText
      ? both(seen)
      : lettersOf(words) > 0 && lettersOf(words) >= lettersOf(seen.words)
        ? asText(layer)
        : seen;
    return isComplete() ? read : withoutPicture(read);

    /** Whether something on a page with text can be read only by what is seen. */
    async function showsMore(): Promise<boolean> {
      // A glance at a page that draws without end would cost more than all its text.
      if (isLong) return false;
      if (isOfScan && hasPictures) return true;
      if (isSparse(words)) return drawing.showsMore(pageNum, words);
      return hasPictures && drawing.showsMoreInPictures(pageNum, words);
    }

    function asText(given: readonly DirectedWord[]): Page {
      return { ...about, source: 'text', ...orderedPage(given) };
    }

    /** Nothing is lost: neither what the layer says nor what is only seen. */
    function both(seen: Page): Page {
      const isStraight = seen.skew === undefined && seen.words.every(({ turn }) => turn === undefined);
      if (isOfScan && isStraight) return { ...seen, ...orderedPage(betterWords(words, seen.words).map(level)) };
      if (isOfScan) return lettersOf(words) > lettersOf(seen.words) ? asText(layer) : seen;
      if (isSparse(words) && lettersOf(words) * muchMore < lettersOf(seen.words)) return seen;
      return asText([...layer, ...wordsBeside(words, seen.words).map(level)]);
    }
  } finally {
    page.cleanup();
  }
}

/** A word that is written like most others. */
const level = (word: Word): DirectedWord => ({ word, direction: { x: 1, y: 0 } });

interface Layer {
  layer: DirectedWord[];
  /** Whether more is drawn than on any page that people make. */
  isLong: boolean;
  /** Whether it is another program's reading of a scan. */
  isOfScan: boolean;
}

/** The words of a page's text layer, boxes as fractions of the page as it is shown, rotation and crop applied. */
async function readLayer(page: PdfPage): Promise<Layer & Heard> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const { value: operators, ...heard } = await heedWarnings(() => page.getOperatorList({ intent: 'display' }));
  const shown = { width, height, matrix: toMatrix(transform) ?? unchanged };
  const { OPS } = await loadPdfJs();
  const about = { width, height, direction: applyLinear(shown.matrix, 1, 0) };
  const glyphs = glyphsOf(operators, OPS, (name) => fontOf(page, name), shown);
  const words = joinCombs(wordsOf(glyphs, shown), width / height);
  const inForm = await marksOf(page, shown);
  const isTooLong = isLong(operators);
  const isForm = inForm.length > 0 || isTooLong;
  const drawn = isForm ? [] : drawnMarks(pathsOf(operators, OPS, shown.matrix), words, about);
  const isOfScan = isLayerOfScan(operators, OPS);
  return { layer: withMarks(words, [...inForm, ...drawn]), isLong: isTooLong, isOfScan, ...heard };
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
