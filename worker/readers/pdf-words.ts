import type { Word } from '#lib/extraction/page.ts';
import type { Glyph } from './pdf-glyphs.ts';
import type { Vector } from './pdf-matrix.ts';
import { inLogicalOrder, isRightToLeft } from './right-to-left.ts';

/** A word and the direction in which it is written, a vector of length 1 on the page as it is shown. */
export interface DirectedWord {
  word: Word;
  direction: Vector;
}

interface Piece {
  glyphs: Glyph[];
  direction: Vector;
  /** Whether only room parts it from the piece before, no space. */
  isOpen: boolean;
}

/** Shares of the height of the letters: room that parts words, and what letters may stand off their line. */
const wordGap = 0.1;
const offLine = 0.3;
/** Letters set wide have even gaps, of less than this share of their height. */
const widestTracking = 0.6;
const fewestTracked = 4;

/** Parts signs, in the order in which they are drawn, into words with boxes in fractions of the page. */
export function wordsOf(glyphs: Iterable<Glyph>, page: { width: number; height: number }): DirectedWord[] {
  const words = joinTracked(piecesOf(glyphs)).map((piece) => ({
    word: { ...boxOf(piece, page), text: textOf(piece), confidence: null },
    direction: piece.direction,
  }));
  return withoutDoubles(words.filter(({ word }) => word.text !== '' && word.width > 0 && word.height > 0));
}

function piecesOf(glyphs: Iterable<Glyph>): Piece[] {
  const pieces: Piece[] = [];
  let isOpen = false;
  for (const glyph of glyphs) {
    if (glyph.text.trim() === '') {
      isOpen = false;
      continue;
    }
    const piece = pieces.at(-1);
    const last = piece?.glyphs.at(-1);
    if (isOpen && last && isAgain(last, glyph)) continue;
    if (isOpen && piece && last && follows(piece, last, glyph)) piece.glyphs.push(glyph);
    else pieces.push({ glyphs: [glyph], direction: unit(glyph.along, glyph.up), isOpen });
    isOpen = true;
  }
  return pieces;
}

/** Bold is sometimes made by drawing each letter twice, a little off. */
function isAgain(last: Glyph, glyph: Glyph): boolean {
  const apart = Math.hypot(glyph.origin.x - last.origin.x, glyph.origin.y - last.origin.y);
  return last.text === glyph.text && apart < length(last.along) * 0.3;
}

/** Whether a sign stands right after the last one, or right before it where text runs to the left. */
function follows({ direction }: Piece, last: Glyph, glyph: Glyph): boolean {
  const isMark = length(glyph.along) === 0;
  if (!isMark && dot(unit(glyph.along, glyph.up), direction) < 0.98) return false;
  const height = Math.min(length(last.up), length(glyph.up));
  const step = { x: glyph.origin.x - last.origin.x, y: glyph.origin.y - last.origin.y };
  if (Math.abs(step.x * direction.y - step.y * direction.x) > height * offLine) return false;
  const forward = dot(step, direction);
  const gap = forward - length(last.along) - last.tracking;
  if (gap < height * wordGap && forward > -height * wordGap) return true;
  const isLeftward = isRightToLeft(last.text) || isRightToLeft(glyph.text);
  return isLeftward && Math.abs(forward + length(glyph.along)) < height * wordGap;
}

/** Letters that are set wide stand alone, with even gaps and no spaces between them: they are one word. */
function joinTracked(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let from = 0; from < pieces.length;) {
    const to = endOfTracked(pieces, from);
    const run = pieces.slice(from, to);
    const [first] = run;
    if (first && run.length >= fewestTracked) joined.push({ ...first, glyphs: run.flatMap(({ glyphs }) => glyphs) });
    else joined.push(...run);
    from = to;
  }
  return joined;
}

function endOfTracked(pieces: readonly Piece[], from: number): number {
  let to = from + 1;
  let gap: number | null = null;
  for (; to < pieces.length; to++) {
    const [before, piece] = [pieces[to - 1], pieces[to]];
    if (!before || !piece?.isOpen) break;
    const next = trackedGap(before, piece);
    if (next === null || (gap !== null && Math.abs(next - gap) > gap * 0.2)) break;
    gap ??= next;
  }
  return to - from >= fewestTracked ? to : from + 1;
}

function trackedGap(before: Piece, piece: Piece): number | null {
  const [last, glyph] = [before.glyphs[0], piece.glyphs[0]];
  if (!last || !glyph || before.glyphs.length > 1 || piece.glyphs.length > 1) return null;
  if (dot(before.direction, piece.direction) < 0.98) return null;
  const height = Math.min(length(last.up), length(glyph.up));
  const step = { x: glyph.origin.x - last.origin.x, y: glyph.origin.y - last.origin.y };
  if (Math.abs(step.x * piece.direction.y - step.y * piece.direction.x) > height * 0.05) return null;
  const gap = dot(step, piece.direction) - length(last.along);
  return gap > 0 && gap < height * widestTracking ? gap : null;
}

/** The box around all signs, in fractions of the page, and within it. */
function boxOf({ glyphs }: Piece, page: { width: number; height: number }) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { origin, along, up, descent, ascent } of glyphs) {
    for (const share of [0, 1]) {
      for (const rise of [-descent, ascent]) {
        const x = origin.x + along.x * share + up.x * rise;
        const y = origin.y + along.y * share + up.y * rise;
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
    }
  }
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y] = [within(left / page.width), within(top / page.height)];
  return { x, y, width: within(right / page.width) - x, height: within(bottom / page.height) - y };
}

/** Letters drawn as one, and forms that a letter takes by its place, become plain ones; nothing else is changed. */
const folded = /[\uFB00-\uFDFF\uFE70-\uFEFC\uFF01-\uFFEE\u2F00-\u2FDF]+/g;
const unseen = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/g;

function textOf({ glyphs, direction }: Piece): string {
  const texts = glyphs.some(({ text }) => isRightToLeft(text))
    ? inLogicalOrder(glyphs.toSorted((one, other) => dot(one.origin, direction) - dot(other.origin, direction)))
    : glyphs.map(({ text }) => text);
  const text = texts.join('').replaceAll('\u00AD', '-').replaceAll(unseen, '');
  return text
    .replaceAll(folded, (form) => form.normalize('NFKC'))
    .normalize('NFC')
    .replaceAll(/\s+/g, '');
}

/** How many equal words back a double is looked for. */
const doublesBack = 50;

/** A word drawn twice over itself, as a shadow or to be bold, is one word. */
function withoutDoubles(words: readonly DirectedWord[]): DirectedWord[] {
  const seen = new Map<string, Word[]>();
  return words.filter(({ word }) => {
    const same = seen.get(word.text);
    if (!same) {
      seen.set(word.text, [word]);
      return true;
    }
    const isDouble = same
      .slice(-doublesBack)
      .some(
        (other) => Math.abs(other.x - word.x) < word.width * 0.1 && Math.abs(other.y - word.y) < word.height * 0.15,
      );
    if (!isDouble) same.push(word);
    return !isDouble;
  });
}

/** The direction of writing; of a sign without a width, across its height. */
function unit(along: Vector, up: Vector): Vector {
  const size = length(along);
  if (size > 0) return { x: along.x / size, y: along.y / size };
  const height = length(up) || 1;
  return { x: -up.y / height, y: up.x / height };
}

function length({ x, y }: Vector): number {
  return Math.hypot(x, y);
}

function dot(one: Vector, other: Vector): number {
  return one.x * other.x + one.y * other.y;
}
