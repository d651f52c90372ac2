import { type GreyBitmap, type Quarters, rotate, scale, stretchContrast, turn } from './bitmap.ts';
import { findSkew } from './skew.ts';
import type { Segmentation, Tesseract } from './tesseract.ts';
import { parseTsv, type SeenWord } from './tsv.ts';

/** What was seen on a picture. */
export interface Recognised {
  /** Where the words stand in the picture as it was given. */
  words: SeenWord[];
  /** The same words, in the same order, in the upright and straight picture: for the order of reading. */
  straight: SeenWord[];
}

/** Of pictures that do not say. */
const usualDpi = 200;
/** Tesseract takes no others. */
const leastDpi = 70;
const mostDpi = 2400;
/** Lines that lean less than this are read as well as straight ones. */
const smallestSkew = 0.005;
/** Below this mean confidence a page may lie on its side or stand on its head. */
const doubtful = 0.6;
/** More dots than an A4 page at 300 dpi make letters too large, and slow. */
const mostDots = 8_700_000;
/** Height to width of a strip of paper that is surely a slip. */
const slipAspect = 1.8;
/** Capitals side by side on the widest line of a slip, at most. */
const slipColumns = 40;

/** Recognises a picture, made upright and straight first where that helps. `dpi` as far as it is known. */
export async function recognise(picture: GreyBitmap, dpi: number | null, tesseract: Tesseract): Promise<Recognised> {
  const factor = Math.min(1, Math.sqrt(mostDots / (picture.width * picture.height)));
  const sized = scale(picture, factor);
  const see = (quarters: Quarters) => seeTurned(sized, quarters, (dpi ?? usualDpi) * factor, tesseract);

  const first = await see(0);
  // A page on its side is seen as rubbish, an empty one as nothing.
  const isBlank = first.straight.length < 3;
  if (isBlank || meanConfidence(first.straight) >= doubtful) return first;
  let best = first;
  for (const quarters of [1, 3, 2] as const) {
    const other = await see(quarters);
    if (score(other.straight) > score(best.straight) * 1.2) best = other;
    if (meanConfidence(best.straight) >= doubtful + 0.1) break;
  }
  return best;
}

async function seeTurned(
  picture: GreyBitmap,
  quarters: Quarters,
  dpi: number,
  tesseract: Tesseract,
): Promise<Recognised> {
  const turned = turn(picture, quarters);
  const skew = findSkew(turned);
  const leans = Math.abs(skew) >= smallestSkew;
  const upright = leans ? rotate(turned, -skew) : turned;
  const straight = await seeWords(upright, dpi, tesseract);
  const words = straight.map((word) => turnBack(leans ? leanBack(word, turned, skew) : word, quarters));
  return { words, straight };
}

/**
 * Sees the words. Blocks and columns are found first; a slip, narrow as a till receipt, is seen again as one block of
 * lines: there the finding of columns parts amounts from their labels and loses them.
 */
async function seeWords(picture: GreyBitmap, dpi: number, tesseract: Tesseract): Promise<SeenWord[]> {
  const clear = stretchContrast(picture);
  const see = async (segmentation: Segmentation) => {
    const tsv = await tesseract(clear, { segmentation, dpi: Math.min(mostDpi, Math.max(leastDpi, Math.round(dpi))) });
    return parseTsv(tsv, clear).filter(isWord);
  };
  if (picture.height > picture.width * slipAspect) return see(6);
  const words = await see(4);
  return columnsAcross(words, clear) < slipColumns ? see(6) : words;
}

/** How many capitals would stand side by side from the leftmost to the rightmost word. */
function columnsAcross(words: readonly SeenWord[], picture: GreyBitmap): number {
  const sure = words.filter((word) => word.confidence > 0.6 && word.text.length > 1);
  const heights = sure.map((word) => word.height * picture.height).toSorted((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 2)];
  if (height === undefined) return 0;
  const left = Math.min(...sure.map((word) => word.x));
  const right = Math.max(...sure.map((word) => word.x + word.width));
  return ((right - left) * picture.width) / height;
}

/**
 * Blots and rules are seen as words of signs, or of no height. Letters are kept even when Tesseract is sure of nothing:
 * faint print is often right, and its confidence goes with it.
 */
function isWord(word: SeenWord): boolean {
  if (word.width <= 0 || word.height <= 0) return false;
  const letters = word.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters >= 3 && letters * 2 >= word.text.length) return true;
  return word.confidence > (letters > 0 ? 0.05 : 0.3);
}

function meanConfidence(words: readonly SeenWord[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return letters === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
}

/** How much was read and how surely: noise has many words of low confidence. */
function score(words: readonly SeenWord[]): number {
  return words.reduce((sum, word) => sum + (word.confidence > 0.5 ? word.confidence * word.text.length : 0), 0);
}

/** The box of a word in the picture that was straightened by `skew`. */
function leanBack(word: SeenWord, { width, height }: GreyBitmap, skew: number): SeenWord {
  const [cos, sin] = [Math.cos(skew), Math.sin(skew)];
  const dx = (word.x + word.width / 2 - 0.5) * width;
  const dy = (word.y + word.height / 2 - 0.5) * height;
  const x = 0.5 + (dx * cos - dy * sin) / width - word.width / 2;
  const y = 0.5 + (dx * sin + dy * cos) / height - word.height / 2;
  return { ...word, x, y };
}

/** The box of a word in the picture that was turned clockwise by quarters. */
function turnBack(word: SeenWord, quarters: Quarters): SeenWord {
  const { x, y, width, height } = word;
  if (quarters === 1) return { ...word, x: y, y: 1 - x - width, width: height, height: width };
  if (quarters === 2) return { ...word, x: 1 - x - width, y: 1 - y - height };
  if (quarters === 3) return { ...word, x: 1 - y - height, y: x, width: height, height: width };
  return word;
}
