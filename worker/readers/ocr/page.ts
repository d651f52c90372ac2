import type { Page, Word } from '#lib/core/pages/page.ts';
import { layoutText, readingOrder } from '../layout.ts';
import type { PageToRecognise } from '../reader.ts';
import { isBlank, toGrey } from './bitmap.ts';
import { type Ocr, recognise } from './recognise.ts';

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
  const { words, straight, quarters, skew } = await recognise(picture, dpi, ocr);
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
    ...(words.length > 0 || isBlank(picture) ? {} : { notices: [unreadable(pageNum)] }),
  };
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
