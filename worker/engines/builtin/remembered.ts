import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Place } from '#lib/core/layouts/lesson.ts';
import type { Remembered } from '#lib/core/layouts/recalled.ts';
import type { Candidate } from './candidate.ts';
import { kindOf } from './kinds.ts';
import { spansIn } from './spans.ts';
import { type Cell, type IndexedWord, textOf, type View, type ViewLine, wordsOfSpan } from './view.ts';

/** Above what any label gives: where people said that it stands, it stands. */
const sure = 1.5;
/** How far off its line a value may stand, in heights of a word; and across, as a share of the page's width. */
const maxOff = 0.9;
const maxAcross = 0.02;

/**
 * What stands where a field's value stood in verified documents of the layout. `printed`: words that all documents of the
 * layout have, which are no part of a value; `usual`: what else the field could be.
 */
export function rememberedCandidates(
  view: View,
  field: ScalarField,
  places: readonly Remembered<Place>[],
  printed: ReadonlySet<number>,
  usual: readonly Candidate[],
  locale: string,
): Candidate[] {
  return places.flatMap((place, rank) => {
    const found = isTyped(field) ? typedAt(view, field, place, printed, locale) : textAt(view, place, printed);
    return found.map((candidate): Candidate => {
      const same = usualAt(usual, candidate, place);
      const about = same ?? { ...candidate, reason: 'where it stands in verified documents', isLabelled: true };
      // How far a text goes that ends within its cell is a guess.
      const isGuess = !same && !place.endsCell && !isTyped(field);
      return { ...about, score: sure - rank * 0.1, isDoubtful: isGuess };
    });
  });
}

/** What is found there anyway: where it begins, and how far it goes. */
function usualAt(usual: readonly Candidate[], found: Found, { endsCell }: Place): Candidate | undefined {
  const isSame = ({ words }: Candidate) =>
    words[0]?.index === found.words[0]?.index &&
    (endsCell ? words.length >= found.words.length : words.length === found.words.length);
  return usual.filter(isSame).toSorted((a, b) => b.score - a.score)[0];
}

function isTyped(field: ScalarField): boolean {
  return !['text', 'name', 'address', 'code', 'choice'].includes(kindOf(field));
}

type Found = Pick<Candidate, 'words' | 'text' | 'value'>;

/** The value of the field's kind whose line and edges are nearest to those of the place. */
function typedAt(view: View, field: ScalarField, place: Place, printed: ReadonlySet<number>, locale: string): Found[] {
  const cells = linesAt(view, place).flatMap((line) => line.cells);
  const spans = cells.flatMap((cell) =>
    spansIn(cell.words, field, locale).flatMap((span) => {
      const words = wordsOfSpan(cell.words, span.start, span.end);
      const [across, down] = [offOf(words, place), downFrom(place, words) / view.height];
      const isFree = words.length === 0 || words.some(({ index }) => !printed.has(index));
      if (!isFree || across >= maxAcross || down >= maxOff) return [];
      const found = { words, text: textOf(cell.words).slice(span.start, span.end), value: span.value };
      return [{ found, off: across / maxAcross + down / maxOff }];
    }),
  );
  return spans
    .toSorted((a, b) => a.off - b.off)
    .slice(0, 1)
    .map(({ found }) => found);
}

const downFrom = ({ y }: Pick<Place, 'y'>, words: readonly IndexedWord[]) =>
  Math.min(...words.map((word) => Math.abs(word.y + word.height / 2 - y)));

/** How far the nearer edge of some words is from that of a place; 0 where they overlap for the most part. */
function offOf(words: readonly IndexedWord[], { x, right }: Place): number {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return Number.POSITIVE_INFINITY;
  const end = last.x + last.width;
  const shared = Math.min(end, right) - Math.max(first.x, x);
  const off = Math.min(Math.abs(first.x - x), Math.abs(end - right));
  return shared > 0.5 * Math.min(end - first.x, right - x) ? Math.min(off, maxAcross / 2) : off;
}

/** Lines nearest to where the place begins, the nearest first. */
function linesAt(view: View, { y }: Pick<Place, 'y'>): ViewLine[] {
  return view.lines
    .map((line) => ({ line, off: downFrom({ y }, line.words) }))
    .filter((one) => one.off < maxOff * view.height)
    .toSorted((a, b) => a.off - b.off)
    .map(({ line }) => line);
}

/** A text from where it begins to the end of its cell, on as many lines as it has. */
function textAt(view: View, place: Place, printed: ReadonlySet<number>): Found[] {
  for (const line of linesAt(view, place)) {
    const first = partAt(line, place, printed);
    if (first.length === 0) continue;
    const words = [...first];
    let last = line;
    for (const next of view.lines.slice(line.number + 1)) {
      if (place.lines === 1 || !isBelow(view, last, next)) break;
      const part = partAt(next, { ...place, startsCell: true }, printed);
      if (part.length === 0) continue;
      words.push(...part);
      last = next;
      if (countLines(words, view) >= place.lines) break;
    }
    return [{ words, text: words.map(({ text }) => text).join(' '), value: undefined }];
  }
  return [];
}

/** Lines of one text are set close. */
function isBelow(view: View, line: ViewLine, next: ViewLine): boolean {
  return next.y - line.y < 2.6 * Math.max(view.height, line.height * 0.8);
}

function countLines(words: readonly IndexedWord[], view: View): number {
  const own = new Set(words.map(({ index }) => index));
  return view.lines.filter((line) => line.words.some(({ index }) => own.has(index))).length;
}

/** The words of a line that stand where a text does. */
function partAt(line: ViewLine, place: Place, printed: ReadonlySet<number>): IndexedWord[] {
  const cell = cellAt(line, place);
  if (!cell) return [];
  const free = withoutPrinted(cell.words, printed);
  const from = place.startsCell ? 0 : free.findIndex((word) => word.x + word.width / 2 > place.x);
  if (from < 0) return [];
  const begun = free.slice(from);
  return place.endsCell ? begun : begun.slice(0, Math.max(1, Math.round(place.words / place.lines)));
}

/** Without words before and behind it that are printed on every document: within a value they are its own. */
function withoutPrinted(words: readonly IndexedWord[], printed: ReadonlySet<number>): IndexedWord[] {
  const from = words.findIndex(({ index }) => !printed.has(index));
  const to = words.findLastIndex(({ index }) => !printed.has(index));
  return from < 0 ? [] : words.slice(from, to + 1);
}

function cellAt({ cells }: ViewLine, { x, right }: Place): Cell | undefined {
  const shared = (cell: Cell) => Math.min(cell.right, right) - Math.max(cell.x, x);
  const [best] = cells.toSorted((a, b) => shared(b) - shared(a));
  return best && (shared(best) > 0 || Math.abs(best.x - x) < maxAcross) ? best : undefined;
}
