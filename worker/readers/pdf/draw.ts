import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { DocumentError } from '#lib/core/failures.ts';
import type { Box, Word } from '#lib/core/pages/page.ts';
import { toGrey } from '../ocr/bitmap.ts';
import { countEdges } from '../ocr/edges.ts';
import { onlyPictures, watchPictures } from './pictures.ts';
import { heedWarnings } from './warnings.ts';
import { openPage, openPdf, type PdfDocument } from './open.ts';
import type { Bitmap, FileToRead } from '../reader.ts';

/** A picture of a page has at most so many dots: a page may claim to be kilometres wide. */
const maxPixels = 50_000_000;

/** What the pages of a PDF look like; it is opened again for that, once, when the first is drawn. */
export interface Drawing {
  toPng(pageNum: number, dpi: number): Promise<Uint8Array>;
  toBitmap(pageNum: number, dpi: number): Promise<Bitmap>;
  /** Whether as much as some lines of print is seen beside these words: a scan behind a stamp or a page number. */
  showsMore(pageNum: number, words: readonly Word[]): Promise<boolean>;
  /** The same of what is seen in pictures: a letterhead, a table that was pasted in. */
  showsMoreInPictures(pageNum: number, words: readonly Word[]): Promise<boolean>;
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

export function openDrawing(file: FileToRead): Drawing {
  let opened: Promise<PdfDocument> | null = null;
  const incomplete = new Set<number>();
  const pictures = new Map<number, Box[]>();

  async function draw(pageNum: number, dpi: number): Promise<Canvas> {
    const pdf = await (opened ??= openPdf(file));
    // Behind the pages of the PDF are those that show an electronic invoice in it.
    if (pageNum >= pdf.numPages) throw new DocumentError('unsupported_file', 'This page has no image, only words.');
    const page = await openPage(pdf, pageNum);
    try {
      const { width, height } = page.getViewport({ scale: 1 });
      const scale = Math.min(dpi / 72, Math.sqrt(maxPixels / (width * height)));
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
    const canvas = await draw(pageNum, dpi);
    const { width, height, data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return { width, height, channels: 4, data };
  }

  return {
    toPng: async (pageNum, dpi) => (await draw(pageNum, dpi)).encode('png'),
    toBitmap,
    showsMore: async (pageNum, words) => countEdges(toGrey(await toBitmap(pageNum, glanceDpi)), words) >= minEdges,
    async showsMoreInPictures(pageNum, words) {
      const grey = toGrey(await toBitmap(pageNum, glanceDpi));
      return countEdges(onlyPictures(grey, pictures.get(pageNum) ?? []), words) >= minEdgesInPictures;
    },
    isIncomplete: (pageNum) => incomplete.has(pageNum),
    async close() {
      const pdf = await opened?.catch(() => null);
      await pdf?.loadingTask.destroy();
    },
  };
}
