import type { Box, Page, Word } from '#lib/core/pages/page.ts';
import { joinCombs } from './combs.ts';
import { withoutPicture } from './images.ts';
import { isSparse, isUsable, lettersOf } from './layer.ts';
import { openPage } from './open.ts';
import type { OpenedPdf } from './opened.ts';
import { orderedPage } from './order.ts';
import { betterWords, wordsBeside } from './seen-layer.ts';
import { readTextLayer, type TextLayer } from './text-layer.ts';
import { type DirectedWord, wordsOf } from './words.ts';
import { xfaBlocks, xfaNotice } from './xfa.ts';
import { withNotices } from '../notices.ts';
import type { RecognisePage } from '../reader.ts';
import { textPage } from '../text-page.ts';

/** What OCR sees counts more than a sparse text layer when it has so many times the letters. */
const muchMore = 1.5;

/** @throws DocumentError for a page that cannot be read */
export async function readPage(pdf: OpenedPdf, pageNum: number, recognise: RecognisePage): Promise<Page> {
  return readWithPdfium(pdf, pageNum, recognise) ?? readWithPdfJs(pdf, pageNum, recognise);
}

/** A page that PDFium reads as well as pdf.js, and by its text; null for any other. */
function readWithPdfium(pdf: OpenedPdf, pageNum: number, recognise: RecognisePage): Promise<Page> | null {
  const plain = pdf.pdfium?.plainPage(pageNum);
  if (!plain) return null;
  const layer = joinCombs(wordsOf(plain.glyphs, plain), plain.width / plain.height);
  if (!isUsable(layer.map(({ word }) => word))) return null;
  const { width, height, pictures } = plain;
  return readLayer(pdf, { pageNum, width, height }, asTextLayer(layer, pictures), recognise);
}

function asTextLayer(layer: readonly DirectedWord[], pictures: readonly Box[]): TextLayer {
  return { layer, isLong: false, isOfScan: false, hasPictures: pictures.length > 0, lacksPicture: false, pictures };
}

async function readWithPdfJs(pdf: OpenedPdf, pageNum: number, recognise: RecognisePage): Promise<Page> {
  const document = await pdf.pdfJs();
  const page = await openPage(document, pageNum);
  try {
    if (document.isPureXfa) return withNotices(textPage(pageNum, xfaBlocks(await page.getXfa())), [xfaNotice]);
    const { width, height } = page.getViewport({ scale: 1 });
    return await readLayer(pdf, { pageNum, width, height }, await readTextLayer(page), recognise);
  } finally {
    page.cleanup();
  }
}

/** What the text layer of a page says, and where that is too little what is seen. */
async function readLayer(
  { drawing }: OpenedPdf,
  { pageNum, width, height }: Pick<Page, 'pageNum' | 'width' | 'height'>,
  { layer, isLong, isOfScan, hasPictures, lacksPicture, pictures }: TextLayer,
  recognise: RecognisePage,
): Promise<Page> {
  const about = { pageNum, kind: 'pdf' as const, width, height, title: null };
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
    return hasPictures && drawing.showsMoreInPictures(pageNum, words, pictures);
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
}

/** A word that is written like most others. */
const level = (word: Word): DirectedWord => ({ word, direction: { x: 1, y: 0 } });
