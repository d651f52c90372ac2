import { ahead, type Glyph, heightOf } from '../glyph.ts';

/** What one operator shows: signs of one font, size and direction. */
export interface Run {
  /** The object of the page that draws it. */
  object: number;
  glyphs: Glyph[];
  /** Whether PDFium finds no space before a sign, where there may be room all the same. */
  isClose: boolean[];
  /** Whether its signs stand below each other. */
  isDown: boolean;
}

/** Room between letters, as shares of their height: what parts words, and what no letters are set apart by. */
const wordGap = 0.1;
const kernedGap = 0.25;
const maxTracking = 0.6;

/**
 * Notes how far the signs of a run are set apart. PDFium does not give the spacing that the file asks for, but it finds
 * the spaces between signs that are moved one by one.
 */
export function noteTracking({ glyphs, isClose }: Run): void {
  const gaps = glyphs.slice(1).map((glyph, at) => gapBetween(glyphs[at], glyph));
  const height = glyphs[0] ? heightOf(glyphs[0]) : 0;
  const isEven = gaps.length > 1 && isClose.every(Boolean) && gaps.every((gap) => gap >= height * wordGap);
  const most = height * (isEven ? maxTracking : kernedGap);
  const smallest = isEven ? gaps.reduce((least, gap) => Math.min(least, gap), Infinity) : 0;
  for (const [at, gap] of gaps.entries()) {
    const glyph = glyphs[at];
    if (!glyph || !isClose[at + 1] || gap > most) continue;
    glyph.tracking = isEven ? smallest : Math.max(0, gap);
  }
  const last = glyphs.at(-1);
  if (last && isEven && smallest <= most) last.tracking = smallest;
}

function gapBetween(last: Glyph | undefined, glyph: Glyph): number {
  return last ? ahead(last, glyph, last.direction) - last.width : 0;
}

/**
 * Runs in the order in which they are drawn. PDFium orders them by boxes of ink, by which neighbours change places, and
 * mixes lines that overlap.
 */
export function asDrawn(runs: readonly Run[], objects: readonly number[]): Run[] {
  const orders = new Map(objects.map((object, order) => [object, order]));
  const orderOf = ({ object }: Run) => orders.get(object) ?? objects.length;
  return runs.toSorted((one, other) => orderOf(one) - orderOf(other));
}
