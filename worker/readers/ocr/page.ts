import type { Page, Word } from '#lib/core/pages/page.ts';
import { layoutText, readingOrder } from '../layout.ts';
import type { PageToRecognise } from '../reader.ts';
import { type GreyBitmap, isBlank, toGrey } from './bitmap.ts';
import { languageNames, languageOf, type OcrLanguage } from './language.ts';
import { type Ocr, recognise, type Recognised } from './recognise.ts';
import { foreignLanguages, isForeign } from './scripts.ts';
import { score } from './seen-words.ts';

/** Tesseract wants capitals of 20–40 dots: 200 dpi for print on A4 and letter. */
const usualDpi = 200;
const pointsPerInch = 72;
/** Longest side of a rendered page in dots: a poster needs no 200 dpi. */
const maxSide = 4000;
const minSide = 1200;
const maxDpi = 400;

/** Recognises one page: renders it at a resolution that suits its size, and reads what is seen. */
export async function recognisePage(page: PageToRecognise, ocr: Ocr): Promise<Page> {
  const { pageNum, kind, width, height, title } = page;
  const dpi = kind === 'pdf' ? dpiFor(width, height) : null;
  const bitmap = await page.render(dpi ?? pointsPerInch);
  const picture = toGrey(bitmap);
  const { seen, notice } = await inItsLanguage(picture, dpi, ocr, pageNum);
  const { words, straight, quarters, skew } = seen;
  const turned = quarters === 0 ? words : words.map((word) => ({ ...word, turn: quarters }));
  const { ordered, text } = inReadingOrder(turned, straight);
  return {
    pageNum,
    kind,
    source: 'ocr',
    width,
    height,
    title,
    words: ordered,
    text,
    layout: layoutText(straight),
    ...(skew === 0 ? {} : { skew }),
    ...(notice === null ? {} : { notices: [notice] }),
  };
}

/** A page in a language of which Tesseract was not told is read again in that one, where its data is installed. */
async function inItsLanguage(picture: GreyBitmap, dpi: number | null, ocr: Ocr, pageNum: number) {
  const first = await recognise(picture, dpi, ocr);
  if (first.words.length === 0) return { seen: first, notice: isBlank(picture) ? null : unreadable(pageNum) };
  if (isForeign(first.straight)) return inForeignLanguage(picture, dpi, ocr, { first, pageNum });
  const language = languageOf(first.words.map(({ text }) => text).join(' '));
  if (language === null || (ocr.languages ?? ['eng']).includes(language)) return { seen: first, notice: null };
  const tesseract = await ocr.other?.(language);
  if (!tesseract) return { seen: first, notice: unknownLanguage(pageNum, language) };
  const second = await recognise(picture, dpi, { tesseract });
  return { seen: score(second.straight) >= nearly * score(first.straight) ? second : first, notice: null };
}

/** A page in a script that OCR was not told of: the best of those whose data is installed. */
async function inForeignLanguage(
  picture: GreyBitmap,
  dpi: number | null,
  ocr: Ocr,
  { first, pageNum }: { first: Recognised; pageNum: number },
) {
  let best = first;
  for (const language of foreignLanguages) {
    const tesseract = await ocr.other?.(language);
    if (!tesseract) continue;
    const seen = await recognise(picture, dpi, { tesseract });
    if (score(seen.straight) > score(best.straight)) best = seen;
  }
  return { seen: best, notice: isForeign(best.straight) ? unknownScript(pageNum) : null };
}

/** Accents cost certainty, and are what is gained. */
const nearly = 0.9;

function unknownLanguage(pageNum: number, language: OcrLanguage): string {
  const name = languageNames[language];
  return `Page ${pageNum + 1} looks ${name}, which OCR was not set up to read: its accents are missing. Run npm install @tesseract.js-data/${language}, restart, and extract again.`;
}

function unknownScript(pageNum: number): string {
  return `Page ${pageNum + 1} was read, but hardly a word with certainty: it may be in a script that OCR was not set up to read. Add its language to OCR_LANGUAGES, such as rus+eng, install the data for it, restart, and extract again.`;
}

/** What is there may be a photograph, or print that is too faint: only a person can tell. */
function unreadable(pageNum: number): string {
  return `Page ${pageNum + 1} is not blank, but no text could be read on it. Look at it, or scan it again at a higher resolution.`;
}

/** Dots per inch for a page of so many points: small ones are seen larger, very large ones smaller. */
function dpiFor(width: number, height: number): number {
  const inches = [width / pointsPerInch, height / pointsPerInch];
  const [short, long] = [Math.min(...inches), Math.max(...inches)];
  return Math.min(maxSide / long, Math.max(usualDpi, Math.min(maxDpi, minSide / short)));
}

/** Orders words by where they stand on the straightened page; their boxes stay those of the page as it is. */
function inReadingOrder(words: readonly Word[], straight: readonly Word[]): { ordered: Word[]; text: string } {
  const original = new Map(straight.map((word, index) => [word, words[index] ?? word]));
  const order = readingOrder(straight);
  return { ordered: order.words.map((word) => original.get(word) ?? word), text: order.text };
}
