import { asDingbat, type Glyph, isNear, onLine } from '../glyph.ts';
import { apply, type Vector } from '../matrix.ts';
import { isRightToLeft } from '../../right-to-left.ts';
import { boxOf, kinds } from './objects.ts';
import { withMemory } from './memory.ts';
import type { OpenPage } from './open-page.ts';
import { asDrawn, noteTracking, type Run } from './runs.ts';
import { openStyles, type Style } from './style.ts';

const space = 0x20;
/** PDFium's own sign for a hyphen at the end of a line. */
const hyphen = 0x02;
/** Where a sign's origin (two doubles), box (four floats) and matrix (six floats) are written. */
const [originAt, boxAt, matrixAt, scratchBytes] = [0, 16, 32, 64];
/** Fonts without measures of their own have signs of this height in their box. */
const boxHeight = 1.17;

const withoutMeaning = /[\p{Co}\p{Cs}\uFFFD]|(?![\t\n\r])\p{Cc}/u;

/**
 * The signs of a page's text in the order in which they are drawn, without the spaces and line ends that PDFium adds;
 * null when it does not read them as well as pdf.js, and was not asked for:
 * signs without a meaning, from right to left, or in columns.
 */
export function glyphsOf(page: OpenPage, text: number, count: number, isAsked: boolean): Glyph[] | null {
  const runs = withMemory(page.pdfium, scratchBytes, (memory) => collect(page, text, count, memory));
  if (!isAsked && (runs.some(isDoubtful) || leavesOut(page, runs))) return null;
  for (const run of runs) if (run.glyphs.length > 1) noteTracking(run);
  return asDrawn(runs, page.objects).flatMap(({ glyphs }) => glyphs.filter((glyph) => isNear(glyph, page)));
}

/** Latin letters, digits and what goes with them. */
const plain = /^[ -~\u00A0-\u024F]*$/;

function isDoubtful({ glyphs, isDown }: Run): boolean {
  return isDown || glyphs.some(({ text }) => !plain.test(text) && (isRightToLeft(text) || withoutMeaning.test(text)));
}

/**
 * Whether a text that is drawn is in no run. PDFium takes a letter that follows the same one closely, each drawn on its
 * own, for the same letter drawn twice: one `f` of `effective` would be lost.
 */
function leavesOut(page: OpenPage, runs: readonly Run[]): boolean {
  const { wasmExports: calls } = page.pdfium.pdfium;
  const read = new Set(runs.map(({ object }) => object));
  return page.objects.some(
    (object) => calls.FPDFPageObj_GetType(object) === kinds.text && !read.has(object) && hasInk(page, object),
  );
}

/** Whether more than spaces may be seen of it. */
function hasInk(page: OpenPage, object: number): boolean {
  const { width, height } = boxOf(page, object);
  return width > 0 && height > 0;
}

function collect(page: OpenPage, text: number, count: number, memory: number): Run[] {
  const { wasmExports: calls } = page.pdfium.pdfium;
  const { matrix } = page;
  const styleOf = openStyles(page, text);
  const [originX, boxLeft] = [(memory + originAt) / 8, (memory + boxAt) / 4];
  const runs: Run[] = [];
  let run: Run = { object: 0, glyphs: [], isClose: [], isDown: false };
  let style: Style | null = null;
  let last: Vector | null = null;
  let isClose = true;
  for (let at = 0; at < count; at++) {
    const object = calls.FPDFText_GetTextObject(text, at);
    if (object === 0) continue;
    const code = calls.FPDFText_GetUnicode(text, at);
    if (code === space && calls.FPDFText_IsGenerated(text, at) !== 0) {
      isClose = false;
      continue;
    }
    if (object !== run.object || !style) {
      style = styleOf(at, object, memory + matrixAt);
      runs.push((run = { object, glyphs: [], isClose: [], isDown: false }));
      [last, isClose] = [null, true];
    }
    calls.FPDFText_GetCharOrigin(text, at, memory + originAt, memory + originAt + 8);
    const { HEAPF64, HEAPF32 } = page.pdfium.pdfium;
    const origin = apply(matrix, HEAPF64[originX] ?? 0, HEAPF64[originX + 1] ?? 0);
    const shown = textOf(code, style);
    const before = run.glyphs.at(-1);
    if (before && last && last.x === origin.x && last.y === origin.y) {
      // The letters of a ligature share one place.
      before.text += shown;
      continue;
    }
    if (before && last && isBelow(last, origin, style)) run.isDown = true;
    calls.FPDFText_GetLooseCharBox(text, at, memory + boxAt);
    const one = apply(matrix, HEAPF32[boxLeft] ?? 0, HEAPF32[boxLeft + 1] ?? 0);
    const other = apply(matrix, HEAPF32[boxLeft + 2] ?? 0, HEAPF32[boxLeft + 3] ?? 0);
    const width = lengthOf(origin, one, other, style);
    const { direction, up } = style;
    run.glyphs.push({ text: shown, x: origin.x, y: origin.y, width, direction, up, band: onLine, tracking: 0 });
    run.isClose.push(isClose);
    [last, isClose] = [origin, true];
  }
  return runs;
}

function textOf(code: number, { isDingbats }: Style): string {
  if (code === hyphen) return '-';
  const text = code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
  return isDingbats ? asDingbat(text) : text;
}

/**
 * How far a sign continues from its origin in its direction, by two opposite corners of the box around it, which is
 * level however the sign lies.
 */
function lengthOf(origin: Vector, one: Vector, other: Vector, { direction, height }: Style): number {
  const [cos, sin] = [Math.abs(direction.x), Math.abs(direction.y)];
  if (sin < 1e-3 || cos < 1e-3) return Math.max(along(origin, one, direction), along(origin, other, direction), 0);
  const [across, down] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  const slope = cos * cos - sin * sin;
  if (Math.abs(slope) > 0.1) return Math.max(0, (across * cos - down * sin) / slope);
  return Math.max(0, (across + down) / (cos + sin) - boxHeight * height);
}

function along(from: Vector, to: Vector, direction: Vector): number {
  return (to.x - from.x) * direction.x + (to.y - from.y) * direction.y;
}

/** Whether a sign of the same piece of text follows below, as Chinese and Japanese may be written. */
function isBelow(last: Vector, origin: Vector, { direction, up, height }: Style): boolean {
  const [dx, dy] = [origin.x - last.x, origin.y - last.y];
  const below = -(dx * up.x + dy * up.y) / (height || 1);
  return below > 0 && Math.abs(dx * direction.x + dy * direction.y) < below * 0.25;
}
