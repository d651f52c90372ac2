import type { Box } from '#lib/extraction/page.ts';
import { crop, type GreyBitmap, isBlank, type Quarters, rotate, scale, stretchContrast, turn } from './bitmap.ts';
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
/** How much of a page's width and height is looked at to tell which way it lies. */
const sampled = 0.6;
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
  const sizedDpi = (dpi ?? usualDpi) * factor;
  if (isBlank(sized)) return { words: [], straight: [] };

  const first = await seeTurned(sized, 0, sizedDpi, tesseract);
  // A page on its side is seen as rubbish, an empty one as nothing.
  const isNothing = first.straight.length < 3;
  if (isNothing || meanConfidence(first.straight) >= doubtful) return first;
  const quarters = await findUpright(crop(sized, middleOf(first.words)), sizedDpi, tesseract);
  if (quarters === 0) return first;
  const turned = await seeTurned(sized, quarters, sizedDpi, tesseract);
  return score(turned.straight) > score(first.straight) ? turned : first;
}

/** The quarter turns in which a sample of the page is read best; none unless another is clearly better. */
async function findUpright(sample: GreyBitmap, dpi: number, tesseract: Tesseract): Promise<Quarters> {
  const seen = async (quarters: Quarters) => score(await seeLines(turn(sample, quarters), dpi, tesseract));
  let best: { quarters: Quarters; score: number } = { quarters: 0, score: (await seen(0)) * 1.2 };
  for (const quarters of [1, 3, 2] as const) {
    const found = await seen(quarters);
    if (found > best.score) best = { quarters, score: found };
  }
  return best.quarters;
}

/** The middle of where words stand: enough to tell which way they do. */
function middleOf(words: readonly SeenWord[]): Box {
  const left = Math.min(...words.map((word) => word.x));
  const right = Math.max(...words.map((word) => word.x + word.width));
  const top = Math.min(...words.map((word) => word.y));
  const bottom = Math.max(...words.map((word) => word.y + word.height));
  const [width, height] = [(right - left) * sampled, (bottom - top) * sampled];
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
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
  if (picture.height > picture.width * slipAspect) return seeLines(picture, dpi, tesseract);
  const words = await seeAs(4, picture, dpi, tesseract);
  return columnsAcross(words, picture) < slipColumns ? seeLines(picture, dpi, tesseract) : words;
}

function seeLines(picture: GreyBitmap, dpi: number, tesseract: Tesseract): Promise<SeenWord[]> {
  return seeAs(6, picture, dpi, tesseract);
}

async function seeAs(
  segmentation: Segmentation,
  picture: GreyBitmap,
  dpi: number,
  tesseract: Tesseract,
): Promise<SeenWord[]> {
  const options = { segmentation, dpi: Math.min(mostDpi, Math.max(leastDpi, Math.round(dpi))) };
  return parseTsv(await tesseract(stretchContrast(picture), options), picture).filter(isWord);
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
