import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { createIsomorphicCanvasFactory, getDocumentProxy } from 'unpdf';
import { z } from 'zod';
import type { Page, Word } from '#lib/extraction/page.ts';
import { DocumentError } from '#lib/failures.ts';
import { type FontAbout, glyphsOf } from './pdf-glyphs.ts';
import { toMatrix, unchanged } from './pdf-matrix.ts';
import { orderedPage } from './pdf-order.ts';
import { type DirectedWord, wordsOf } from './pdf-words.ts';
import { wrongPassword } from './unlock.ts';
import type { Bitmap, FileToRead, Reader, RecognisePage } from './reader.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

const packaged = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folders: Record<string, string> = { standardFontDataUrl: 'standard_fonts', cMapUrl: 'cmaps', wasmUrl: 'wasm' };

/** Fonts that files may use without bringing them, and maps of scripts: a machine may have none of its own. */
class PackagedData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    return new Uint8Array(await readFile(join(packaged, folders[kind] ?? '', basename(filename))));
  }
}
const packagedFonts = {
  BinaryDataFactory: PackagedData,
  useSystemFonts: false,
  disableFontFace: true,
  cMapPacked: true,
};

/** A picture of a page has at most so many dots: a page may claim to be kilometres wide. */
const mostDots = 50_000_000;

/** Reads PDF files: the text layer where it is usable, else what OCR sees. */
export const pdfReader: Reader = {
  version: 'pdf-2',
  countPages: (file) => withPdf(file, async (pdf) => pdf.numPages),
  async *readPages(file, range, recognise) {
    // A page is given as soon as it is read, so that it can be remembered.
    const pdf = await openPdf(file, withoutImages);
    try {
      for (let pageNum = range.from; pageNum < range.to; pageNum++) yield await readPage(file, pdf, pageNum, recognise);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
  renderPage: async (file, pageNum, dpi) => (await drawPage(file, pageNum, dpi)).encode('png'),
};

/** Images are not decoded where only text is read: the least that pdf.js takes for none. */
const withoutImages = { maxImageSize: 0 };

/**
 * Opens, runs and closes.
 * @throws DocumentError `encrypted_file` or `corrupt_file`
 */
export async function withPdf<T>(file: FileToRead, run: (pdf: PdfDocument) => Promise<T>): Promise<T> {
  const pdf = await openPdf(file);
  try {
    return await run(pdf);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function openPdf({ path, password }: FileToRead, more: { maxImageSize?: number } = {}): Promise<PdfDocument> {
  const content = await readFile(path);
  try {
    const CanvasFactory = await createIsomorphicCanvasFactory(() => import('@napi-rs/canvas'));
    const options = {
      CanvasFactory,
      ...packagedFonts,
      ...more,
      stopAtErrors: false,
      verbosity: 0,
      ...(password === undefined ? {} : { password }),
    };
    return await getDocumentProxy(new Uint8Array(content), options);
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw password === undefined ? new DocumentError('encrypted_file') : wrongPassword(error);
    }
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

async function readPage(file: FileToRead, pdf: PdfDocument, pageNum: number, recognise: RecognisePage): Promise<Page> {
  const page = await openPage(pdf, pageNum);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    const about = { pageNum, kind: 'pdf' as const, width, height, title: null };
    const found = await readWords(page);
    const asText = (): Page => ({ ...about, source: 'text', ...orderedPage(found) });
    const words = found.map(({ word }) => word);
    if (isUsable(words)) return asText();
    const seen = await recognise({ ...about, render: (dpi) => toBitmap(file, pageNum, dpi) });
    // Nothing is lost: a layer of a few words says more than a picture in which none is seen.
    return lettersOf(words) > lettersOf(seen.words) ? asText() : seen;
  } finally {
    page.cleanup();
  }
}

/** Fewer letters than this share of all characters means glyphs without a meaning. */
const fewestLetters = 0.5;
const fewestCharacters = 20;

/** Whether a text layer is there and says something: unmapped glyphs come out as signs of nowhere. */
function isUsable(words: readonly Word[]): boolean {
  const text = words.map((word) => word.text).join('');
  if (text.length < fewestCharacters) return false;
  const unmapped = text.match(/[\p{Co}\p{Cn}\p{Cc}\uFFFD]/gu)?.length ?? 0;
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return unmapped / text.length < 0.1 && letters / text.length > fewestLetters;
}

/** The letters and digits of words that hold no sign without a meaning. */
function lettersOf(words: readonly Word[]): number {
  const text = words.map((word) => word.text).filter((word) => !/[\p{Co}\p{Cn}\p{Cc}\uFFFD]/u.test(word));
  return text.join('').match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function drawPage(file: FileToRead, pageNum: number, dpi: number): Promise<Canvas> {
  return withPdf(file, async (pdf) => {
    const page = await openPage(pdf, pageNum);
    const { width, height } = page.getViewport({ scale: 1 });
    const scale = Math.min(dpi / 72, Math.sqrt(mostDots / (width * height)));
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
    return canvas;
  });
}

async function toBitmap(file: FileToRead, pageNum: number, dpi: number): Promise<Bitmap> {
  const canvas = await drawPage(file, pageNum, dpi);
  const { width, height, data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, channels: 4, data };
}

async function openPage(pdf: PdfDocument, pageNum: number): Promise<PdfPage> {
  try {
    return await pdf.getPage(pageNum + 1);
  } catch (error) {
    throw new DocumentError(
      'corrupt_file',
      `Page ${pageNum + 1} of the file is damaged. Export it again and upload that.`,
      { cause: error },
    );
  }
}

/** The words of a page's text layer, boxes as fractions of the page as it is shown, rotation and crop applied. */
async function readWords(page: PdfPage): Promise<DirectedWord[]> {
  const viewport = page.getViewport({ scale: 1 });
  const operators = await page.getOperatorList({ intent: 'display' });
  const { width, height } = viewport;
  const shown = { width, height, matrix: toMatrix(viewport.transform) ?? unchanged };
  return wordsOf(
    glyphsOf(operators, (name) => fontOf(page, name), shown),
    shown,
  );
}

const fontSchema = z.object({
  vertical: z.boolean().catch(false),
  fontMatrix: z.array(z.number()).optional().catch([]),
});

/** What is said of a font that the page uses; a broken one is taken for a plain one. */
function fontOf(page: PdfPage, name: string): FontAbout {
  const { vertical, fontMatrix } = fontSchema.parse(page.commonObjs.has(name) ? page.commonObjs.get(name) : {});
  return { vertical, unit: fontMatrix?.[0] || 0.001 };
}
