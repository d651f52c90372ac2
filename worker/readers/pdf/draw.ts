import { type Canvas, createCanvas, ImageData } from '@napi-rs/canvas';
import { DocumentError } from '#lib/core/failures.ts';
import type { Box, Word } from '#lib/core/pages/page.ts';
import { toGrey } from '../ocr/bitmap.ts';
import { countEdges } from '../ocr/edges.ts';
import { onlyPictures, watchPictures } from './pictures.ts';
import { heedWarnings } from './warnings.ts';
import { openPage, openPdf, type PdfDocument } from './open.ts';
import type { PdfiumDocument } from './pdfium/document.ts';
import { scaleFor } from './scale.ts';
import type { Bitmap, FileToRead } from '../reader.ts';

/** What the pages of a PDF look like. Where PDFium does not draw them it is opened again for that, once, by pdf.js. */
export interface Drawing {
  toPng(pageNum: number, dpi: number): Promise<Uint8Array>;
  toBitmap(pageNum: number, dpi: number): Promise<Bitmap>;
  /** Whether as much as some lines of print is seen beside these words: a scan behind a stamp or a page number. */
  showsMore(pageNum: number, words: readonly Word[]): Promise<boolean>;
  /** The same of what is seen in pictures: a letterhead, a table that was pasted in. */
  showsMoreInPictures(pageNum: number, words: readonly Word[], pictures?: readonly Box[]): Promise<boolean>;
  /** Whether a picture on a page that was drawn could not be decoded, so that it is not seen. */
  isIncomplete(pageNum: number): boolean;
  close(): Promise<void>;
}

/** Print at this resolution is a rough line of blots, and that is enough. */
const glanceDpi = 50;
/** Edges of blots, across and down: about those of five lines of print. */
const minEdges = 1000;
/** About those of two lines. */
const minEdgesInPictures = 400;

export function openDrawing(file: FileToRead, pdfium: PdfiumDocument | null): Drawing {
  let opened: Promise<PdfDocument> | null = null;
  const incomplete = new Set<number>();
  const pictures = new Map<number, Box[]>();

  async function drawWithPdfJs(pageNum: number, dpi: number): Promise<Canvas> {
    const pdf = await (opened ??= openPdf(file));
    // Behind the pages of the PDF are those that show an electronic invoice in it.
    if (pageNum >= pdf.numPages) throw new DocumentError('unsupported_file', 'This page has no image, only words.');
    const page = await openPage(pdf, pageNum);
    try {
      const scale = scaleFor(page.getViewport({ scale: 1 }), dpi);
      const viewport = page.getViewport({ scale });
      const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
      const context = canvas.getContext('2d');
      context.fillStyle = 'white';
      context.fillRect(0, 0, canvas.width, canvas.height);
      pictures.set(pageNum, watchPictures(context));
      const draw = () => page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
      if ((await heedWarnings(draw)).lacksPicture) incomplete.add(pageNum);
      return canvas;
    } finally {
      page.cleanup();
    }
  }

  async function toBitmap(pageNum: number, dpi: number): Promise<Bitmap> {
    return pdfium?.draw(pageNum, dpi) ?? bitmapOf(await drawWithPdfJs(pageNum, dpi));
  }

  function bitmapOf(canvas: Canvas): Bitmap {
    const { width, height, data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return { width, height, channels: 4, data };
  }

  return {
    async toPng(pageNum, dpi) {
      const bitmap = pdfium?.draw(pageNum, dpi);
      return (bitmap ? canvasOf(bitmap) : await drawWithPdfJs(pageNum, dpi)).encode('png');
    },
    toBitmap,
    showsMore: async (pageNum, words) => countEdges(toGrey(await toBitmap(pageNum, glanceDpi)), words) >= minEdges,
    async showsMoreInPictures(pageNum, words, known) {
      const drawn = known ? await toBitmap(pageNum, glanceDpi) : bitmapOf(await drawWithPdfJs(pageNum, glanceDpi));
      return countEdges(onlyPictures(toGrey(drawn), known ?? pictures.get(pageNum) ?? []), words) >= minEdgesInPictures;
    },
    isIncomplete: (pageNum) => incomplete.has(pageNum),
    async close() {
      const pdf = await opened?.catch(() => null);
      await pdf?.loadingTask.destroy();
    },
  };
}

function canvasOf({ width, height, data }: Bitmap): Canvas {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return canvas;
}
