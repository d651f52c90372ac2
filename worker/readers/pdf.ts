import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { createIsomorphicCanvasFactory, getDocumentProxy } from 'unpdf';
import type { Page, Word } from '#lib/extraction/page.ts';
import { DocumentError } from '#lib/failures.ts';
import { layoutText, readingOrder } from './layout.ts';
import { wordsOfRun } from './pdf-words.ts';
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
  version: 'pdf-1',
  countPages: (file) => withPdf(file, async (pdf) => pdf.numPages),
  async *readPages(file, range, recognise) {
    // A page is given as soon as it is read, so that it can be remembered.
    const pdf = await openPdf(file);
    try {
      for (let pageNum = range.from; pageNum < range.to; pageNum++) yield await readPage(pdf, pageNum, recognise);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
  renderPage: (file, pageNum, dpi) =>
    withPdf(file, async (pdf) => {
      const canvas = await draw(await openPage(pdf, pageNum), dpi);
      return canvas.encode('png');
    }),
};

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

async function openPdf({ path, password }: FileToRead): Promise<PdfDocument> {
  const content = await readFile(path);
  try {
    const CanvasFactory = await createIsomorphicCanvasFactory(() => import('@napi-rs/canvas'));
    const options = {
      CanvasFactory,
      ...packagedFonts,
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

async function readPage(pdf: PdfDocument, pageNum: number, recognise: RecognisePage): Promise<Page> {
  const page = await openPage(pdf, pageNum);
  const { width, height } = page.getViewport({ scale: 1 });
  const about = { pageNum, kind: 'pdf' as const, width, height, title: null };
  try {
    const found = await readWords(page);
    if (!isUsable(found)) return await recognise({ ...about, render: (dpi) => toBitmap(page, dpi) });
    const { words, text } = readingOrder(found);
    return { ...about, source: 'text', words, text, layout: layoutText(words) };
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

async function draw(page: PdfPage, dpi: number) {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(dpi / 72, Math.sqrt(mostDots / (width * height)));
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
  return canvas;
}

async function toBitmap(page: PdfPage, dpi: number): Promise<Bitmap> {
  const { width, height, data } = await draw(page, dpi).then((canvas) =>
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height),
  );
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
async function readWords(page: PdfPage): Promise<Word[]> {
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent({ includeMarkedContent: false });
  const words: Word[] = [];
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    words.push(...wordsOfRun({ text: item.str, transform: item.transform, width: item.width }, viewport));
  }
  return joinPieces(words.filter(isOnPage));
}

function isOnPage(word: Word): boolean {
  return word.x < 1 && word.y < 1 && word.x + word.width > 0 && word.y + word.height > 0;
}

/** Runs that touch are one word: a font change or kerning parted them. */
function joinPieces(words: Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const gap = last ? word.x - (last.x + last.width) : Number.POSITIVE_INFINITY;
    const touches = last && Math.abs(gap) < word.height * 0.08 && Math.abs(last.y - word.y) < word.height * 0.3;
    if (!last || !touches) {
      joined.push(word);
      continue;
    }
    const y = Math.min(last.y, word.y);
    const height = Math.max(last.y + last.height, word.y + word.height) - y;
    joined[joined.length - 1] = {
      ...last,
      text: last.text + word.text,
      y,
      width: word.x + word.width - last.x,
      height,
    };
  }
  return joined;
}
