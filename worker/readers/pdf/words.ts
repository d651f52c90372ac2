import type { Word } from '#lib/core/pages/page.ts';
import { ahead, type Glyph, heightOf } from './glyph.ts';
import type { Vector } from './matrix.ts';
import { asRaised, isRaised, isRaisedDigit, partFootnote, valueStart } from './pieces.ts';
import { inLogicalOrder, isRightToLeft } from '../right-to-left.ts';

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
const maxTracking = 0.6;
const minTracked = 4;

/** Parts signs, in the order in which they are drawn, into words with boxes in fractions of the page. */
export function wordsOf(glyphs: Iterable<Glyph>, page: { width: number; height: number }): DirectedWord[] {
  const words = joinTracked(piecesOf(glyphs))
    .flatMap(partPiece)
    .map((piece) => ({
      word: { ...boxOf(piece, page), text: textOf(piece), confidence: null },
      direction: piece.direction,
    }));
  return withoutDoubles(words.filter(({ word }) => word.text !== '' && word.width > 0 && word.height > 0));
}

function piecesOf(glyphs: Iterable<Glyph>): Piece[] {
  const pieces: Piece[] = [];
  let isOpen = false;
  for (const glyph of glyphs) {
    if (isSpace(glyph.text)) {
      isOpen = false;
      continue;
    }
    const piece = pieces.at(-1);
    const last = piece?.glyphs.at(-1);
    if (isOpen && last && isAgain(last, glyph)) continue;
    if (isOpen && piece && last && follows(piece, last, glyph))
      piece.glyphs.push(isRaised(last) ? asRaised(glyph) : glyph);
    else if (isOpen && piece && last && isCents(piece, last, glyph)) piece.glyphs.push(asRaised(glyph));
    else pieces.push({ glyphs: [glyph], direction: glyph.direction, isOpen });
    isOpen = true;
  }
  return pieces;
}

/** Words that are drawn without room between them. */
function partPiece(piece: Piece): Piece[] {
  const start = valueStart(piece.glyphs);
  const parts = start === 0 ? [piece.glyphs] : [piece.glyphs.slice(0, start), piece.glyphs.slice(start)];
  return parts.flatMap(partFootnote).map((glyphs) => ({ ...piece, glyphs }));
}

function isSpace(text: string): boolean {
  return text === ' ' || text.trim() === '';
}

/** Bold is sometimes made by drawing each letter twice, a little off. */
function isAgain(last: Glyph, glyph: Glyph): boolean {
  return last.text === glyph.text && Math.hypot(glyph.x - last.x, glyph.y - last.y) < last.width * 0.3;
}

/** Whether a sign stands right after the last one, or right before it where text runs to the left. */
function follows({ direction }: Piece, last: Glyph, glyph: Glyph): boolean {
  if (glyph.width > 0 && dot(glyph.direction, direction) < 0.98) return false;
  const height = lowest(last, glyph);
  if (Math.abs(offset(last, glyph, direction)) > height * offLine) return false;
  const forward = ahead(last, glyph, direction);
  // Letters set closer leave no room that a next one would have to make up for.
  const gap = forward - last.width - Math.max(0, last.tracking);
  if (gap < height * wordGap && forward > -height * wordGap) return true;
  const isLeftward = isRightToLeft(last.text) || isRightToLeft(glyph.text);
  return isLeftward && Math.abs(forward + glyph.width) < height * wordGap;
}

/** Cents are printed small and raised beside the figure: `25²⁷`. */
function isCents({ direction }: Piece, last: Glyph, glyph: Glyph): boolean {
  const gap = ahead(last, glyph, direction) - last.width;
  return Math.abs(gap) < lowest(last, glyph) * wordGap && isRaisedDigit(last, glyph, offset(last, glyph, direction));
}

/** Letters that are set wide stand alone, with even gaps and no spaces between them: they are one word. */
function joinTracked(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let from = 0; from < pieces.length;) {
    const to = endOfTracked(pieces, from);
    const run = pieces.slice(from, to);
    const [first] = run;
    if (first && run.length >= minTracked) joined.push({ ...first, glyphs: run.flatMap(({ glyphs }) => glyphs) });
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
  return to - from >= minTracked ? to : from + 1;
}

function trackedGap(before: Piece, piece: Piece): number | null {
  const [last, glyph] = [before.glyphs[0], piece.glyphs[0]];
  if (!last || !glyph || before.glyphs.length > 1 || piece.glyphs.length > 1) return null;
  if (dot(before.direction, piece.direction) < 0.98) return null;
  const height = lowest(last, glyph);
  if (Math.abs(offset(last, glyph, piece.direction)) > height * 0.05) return null;
  const gap = ahead(last, glyph, piece.direction) - last.width;
  return gap > 0 && gap < height * maxTracking ? gap : null;
}

/** The box around all signs, in fractions of the page, and within it. */
function boxOf({ glyphs }: Piece, page: { width: number; height: number }) {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y, width, direction, up, band } of glyphs) {
    for (let corner = 0; corner < 4; corner++) {
      const along = corner < 2 ? 0 : width;
      const rise = corner % 2 === 0 ? -band.descent : band.ascent;
      const cornerX = x + direction.x * along + up.x * rise;
      const cornerY = y + direction.y * along + up.y * rise;
      left = Math.min(left, cornerX);
      right = Math.max(right, cornerX);
      top = Math.min(top, cornerY);
      bottom = Math.max(bottom, cornerY);
    }
  }
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y] = [within(left / page.width), within(top / page.height)];
  return { x, y, width: within(right / page.width) - x, height: within(bottom / page.height) - y };
}

/** Letters drawn as one, and forms that a letter takes by its place, become plain ones; nothing else is changed. */
const folded = /[\uFB00-\uFDFF\uFE70-\uFEFC\uFF01-\uFFEE\u2F00-\u2FDF]+/g;
const unseen = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/g;

const plain = /^[!-~]*$/;

function textOf({ glyphs, direction }: Piece): string {
  let text = '';
  for (const glyph of glyphs) text += glyph.text;
  if (plain.test(text)) return text;
  if (isRightToLeft(text)) {
    const sideBySide = glyphs.toSorted((one, other) => ahead(other, one, direction));
    text = inLogicalOrder(sideBySide).join('');
  }
  return text
    .replaceAll('\u00AD', '-')
    .replaceAll(unseen, '')
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

/** How far it stands off the other's line. */
function offset(from: Glyph, to: Glyph, direction: Vector): number {
  return (to.x - from.x) * direction.y - (to.y - from.y) * direction.x;
}

function lowest(one: Glyph, other: Glyph): number {
  return Math.min(heightOf(one), heightOf(other));
}

function dot(one: Vector, other: Vector): number {
  return one.x * other.x + one.y * other.y;
}
