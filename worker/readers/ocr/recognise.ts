import type { Box } from '#lib/core/pages/page.ts';
import { crop, type GreyBitmap, isBlank, rotate, scale, stretchContrast, turn } from './bitmap.ts';
import { asDarkOnLight, evenLighting } from './lighting.ts';
import type { OtherLanguage } from './scripts.ts';
import type { Paddle } from './paddle/paddle.ts';
import { findLeans } from './skew.ts';
import { leanBack, type Quarters, turnBack, withinPage } from '../turned-box.ts';
import type { Segmentation, Tesseract } from './tesseract.ts';
import { columnsAcross, isWord, meanConfidence, score } from './seen-words.ts';
import { parseTsv, type SeenWord } from './tsv.ts';

/** What reads pictures. */
export interface Ocr {
  tesseract: Tesseract;
  /** `always`: whatever Tesseract reads. Without it, Tesseract reads alone. */
  paddle?: { read: Paddle; always: boolean };
  /** Languages that Tesseract reads, by its codes; English where it is not said. */
  languages?: readonly string[];
  /** Tesseract for one other language; null where its data is not installed. */
  other?: (language: OtherLanguage) => Promise<Tesseract> | null;
}

/** What was seen on a picture. */
export interface Recognised {
  /** Where the words stand in the picture as it was given. */
  words: SeenWord[];
  /** The same words, in the same order, in the upright and straight picture: for the order of reading. */
  straight: SeenWord[];
  /** Quarter turns, clockwise, that made the picture upright. */
  quarters: Quarters;
  /** How its lines lean then, in radians; 0 when they are as good as level. */
  skew: number;
}

/** Of pictures that do not say. */
const usualDpi = 200;
/** Tesseract takes no others. */
const minDpi = 70;
const maxDpi = 2400;
/** Lines that lean less than this are read as well as straight ones. */
const minSkew = 0.005;
/** How many times as clear lines must be to be surely there. */
const clearly = 1.3;
/** Below this mean confidence a page may stand on its head. */
const doubtful = 0.6;
/** Below this mean confidence a page is read by PP-OCR as well. */
const unsure = 0.75;
/** How much of a page's width and height is looked at to tell which way it lies. */
const sampled = 0.6;
/** More dots than an A4 page at 300 dpi make letters too large, and slow. */
const maxPixels = 8_700_000;
/** Height to width of a strip of paper that is surely a slip. */
const slipAspect = 1.8;
/** Capitals side by side on the widest line of a slip, at most. */
const slipColumns = 40;

/** Recognises a picture, lit evenly and made upright and straight first where that helps. `dpi` as far as it is known. */
export async function recognise(picture: GreyBitmap, dpi: number | null, ocr: Ocr): Promise<Recognised> {
  const factor = Math.min(1, Math.sqrt(maxPixels / (picture.width * picture.height)));
  const sized = scale(picture, factor);
  const sizedDpi = (dpi ?? usualDpi) * factor;
  if (isBlank(sized)) return { words: [], straight: [], quarters: 0, skew: 0 };
  const plain = await seePage(asDarkOnLight(sized), sizedDpi, ocr);
  const even = evenLighting(sized);
  if (!even) return plain;
  // What looks like a shadow may be a dark heading or a photograph, which are read better as they are.
  const evened = await seePage(asDarkOnLight(even), sizedDpi, ocr);
  return score(evened.straight) > score(plain.straight) ? evened : plain;
}

async function seePage(picture: GreyBitmap, dpi: number, { tesseract, paddle }: Ocr): Promise<Recognised> {
  const ways = waysToLie(picture);
  const first = await seeTurned(picture, ways[0], dpi, tesseract);
  const found = isDoubtful(first.straight) ? await seeUpright(picture, first, ways, dpi, tesseract) : first;
  const { quarters, skew } = found.way;
  const { words, straight } = (await seeByPaddle(found, paddle)) ?? (await seeAgainAsSlip(found, dpi, tesseract));
  return { words, straight, quarters, skew: Math.abs(skew) >= minSkew ? skew : 0 };
}

/**
 * What PP-OCR reads of a slip, or of a page of which Tesseract was not sure; null where it is not asked or sees less.
 */
async function seeByPaddle(seen: Seen, paddle: Ocr['paddle']): Promise<Pick<Recognised, 'words' | 'straight'> | null> {
  const { upright, straight } = seen;
  if (!paddle) return null;
  const isWanted = paddle.always || isSlip(seen) || meanConfidence(straight) < unsure;
  if (!isWanted) return null;
  const lines = (await paddle.read(upright)).filter(isWord);
  const isBetter = lines.length > 0 && (paddle.always || score(lines) >= score(straight));
  return isBetter ? { words: seen.back(lines), straight: lines } : null;
}

/** Narrow as a till receipt. */
function isSlip({ upright, straight }: Seen): boolean {
  return isStrip(upright) || columnsAcross(straight, upright) < slipColumns;
}

/** A quarter turn that makes a page upright, and how lines lean then, in radians. */
interface Way {
  quarters: Quarters;
  skew: number;
}

/** How a page may lie, the likeliest first. Lines of print tell it from one on its side, not from one on its head. */
function waysToLie(picture: GreyBitmap): [Way, ...Way[]] {
  const { level, turned } = findLeans(picture);
  const upright: [Way, Way] = [
    { quarters: 0, skew: level.skew },
    { quarters: 2, skew: level.skew },
  ];
  const sideways: [Way, Way] = [
    { quarters: 1, skew: turned.skew },
    { quarters: 3, skew: turned.skew },
  ];
  // Too little ink to tell.
  if (level.clearness === 0 || turned.clearness === 0) return [...upright, ...sideways];
  if (turned.clearness > level.clearness * clearly) return sideways;
  return level.clearness > turned.clearness * clearly ? upright : [...upright, ...sideways];
}

/** A page that was looked at in one of the ways it may lie. */
interface Seen extends Omit<Recognised, 'quarters' | 'skew'> {
  way: Way;
  upright: GreyBitmap;
  /** Words as they stand in the picture as it was given. */
  back(words: readonly SeenWord[]): SeenWord[];
}

/** What lies on its head is seen as rubbish, an empty page as nothing. */
function isDoubtful(words: readonly SeenWord[]): boolean {
  return words.length >= 3 && meanConfidence(words) < doubtful;
}

/** The page turned as it is read best: another way is tried on a sample, and taken when it is clearly better. */
async function seeUpright(
  picture: GreyBitmap,
  first: Seen,
  ways: readonly Way[],
  dpi: number,
  tesseract: Tesseract,
): Promise<Seen> {
  const sample = crop(picture, middleOf(first.words));
  let best = { way: first.way, score: 0 };
  for (const way of ways) {
    const seen = score(await seeLines(turn(sample, way.quarters), dpi, tesseract));
    const found = way === first.way ? seen * 1.2 : seen;
    if (found > best.score) best = { way, score: found };
  }
  if (best.way === first.way) return first;
  const other = await seeTurned(picture, best.way, dpi, tesseract);
  return score(other.straight) > score(first.straight) ? other : first;
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

/** Blocks and columns are found first; a strip of paper is surely one block of lines. */
async function seeTurned(picture: GreyBitmap, way: Way, dpi: number, tesseract: Tesseract): Promise<Seen> {
  const { quarters, skew } = way;
  const turned = turn(picture, quarters);
  const leans = Math.abs(skew) >= minSkew;
  const upright = leans ? rotate(turned, -skew) : turned;
  const back = (words: readonly SeenWord[]) =>
    words.map((word) => withinPage(turnBack(leans ? leanBack(word, turned, skew) : word, quarters)));
  const straight = isStrip(upright) ? await seeLines(upright, dpi, tesseract) : await seeAs(4, upright, dpi, tesseract);
  return { words: back(straight), straight, way, upright, back };
}

function isStrip({ width, height }: GreyBitmap): boolean {
  return height > width * slipAspect;
}

/**
 * A slip, narrow as a till receipt, is seen again as one block of lines: there the finding of columns parts amounts
 * from their labels and loses them.
 */
async function seeAgainAsSlip(
  seen: Seen,
  dpi: number,
  tesseract: Tesseract,
): Promise<Pick<Recognised, 'words' | 'straight'>> {
  const { upright, straight } = seen;
  if (isStrip(upright) || columnsAcross(straight, upright) >= slipColumns) return seen;
  const lines = await seeLines(upright, dpi, tesseract);
  return { words: seen.back(lines), straight: lines };
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
  const options = { segmentation, dpi: Math.min(maxDpi, Math.max(minDpi, Math.round(dpi))) };
  return parseTsv(await tesseract(stretchContrast(picture), options), picture).filter(isWord);
}
