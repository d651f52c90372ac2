import type { PrintedWord } from '#lib/core/layouts/lesson.ts';
import type { PagePrint } from './print.ts';

/** A word that stands in a verified page and in this one, and how far it moved. */
interface Match {
  word: PrintedWord;
  dx: number;
  dy: number;
  index: number;
}

/** How the words of a verified page lie on another page. */
export interface Alignment {
  /** 0–1: the share of the verified page's words that stand in the same column here. */
  score: number;
  matches: Match[];
  learned: readonly PrintedWord[];
}

/** How far a word of one layout may move across, beside what the whole page moved, as a share of its width. */
const maxAcross = 0.02;
/** How far a repeated word may stand from where its neighbours say. */
const maxOff = 0.01;

/**
 * Matches the words of a verified page with those of another page: first words that stand there once, alone or with the
 * word before or behind them, then repeated ones where those that are matched say that they moved to.
 */
export function align(learned: readonly PrintedWord[], page: readonly PagePrint[]): Alignment {
  const found = new Map<PrintedWord, PagePrint>();
  for (const keys of [withNext, withBefore, alone]) pairSingles(keys(learned), keys(page), found);
  const across = median([...found].map(([word, same]) => same.x - word.x)) ?? 0;
  for (const [word, same] of found) if (Math.abs(same.x - word.x - across) > maxAcross) found.delete(word);
  const single = matchesOf(found);
  pairRepeated(learned, page, { score: 0, matches: single, learned }, found);
  const matches = matchesOf(found);
  return { score: learned.length === 0 ? 0 : matches.length / learned.length, matches, learned };
}

function matchesOf(found: ReadonlyMap<PrintedWord, PagePrint>): Match[] {
  return [...found].map(([word, { x, y, index }]) => ({ word, dx: x - word.x, dy: y - word.y, index }));
}

type Keyed<W> = Map<string, W[]>;

const alone = <W extends PrintedWord>(words: readonly W[]): Keyed<W> => Map.groupBy(words, ({ hash }) => hash);

/** Words that stand on one line are so close, by their middles. */
const oneLine = 0.004;

/** By a word and the one behind it on its line. */
function withNext<W extends PrintedWord>(words: readonly W[]): Keyed<W> {
  return Map.groupBy(words, (word, place) => keyOf(word, words[place + 1]));
}

function withBefore<W extends PrintedWord>(words: readonly W[]): Keyed<W> {
  return Map.groupBy(words, (word, place) => keyOf(word, words[place - 1]));
}

function keyOf(word: PrintedWord, other: PrintedWord | undefined): string {
  return other && Math.abs(other.y - word.y) < oneLine ? `${word.hash} ${other.hash}` : '';
}

function pairSingles(learned: Keyed<PrintedWord>, page: Keyed<PagePrint>, found: Map<PrintedWord, PagePrint>): void {
  const taken = new Set(found.values());
  for (const [key, [word, ...more]] of learned) {
    const [same, ...others] = page.get(key) ?? [];
    if (key === '' || !word || !same || more.length > 0 || others.length > 0) continue;
    if (!found.has(word) && !taken.has(same)) found.set(word, same);
  }
}

function pairRepeated(
  learned: readonly PrintedWord[],
  page: readonly PagePrint[],
  alignment: Alignment,
  found: Map<PrintedWord, PagePrint>,
): void {
  if (alignment.matches.length === 0) return;
  const taken = new Set(found.values());
  const free = Map.groupBy(
    page.filter((word) => !taken.has(word)),
    ({ hash }) => hash,
  );
  for (const word of learned) {
    const options = found.has(word) ? [] : (free.get(word.hash) ?? []);
    if (options.length === 0) continue;
    const { dx, dy } = shiftAt(alignment, word);
    const near = options.find(
      (one) => Math.abs(one.x - word.x - dx) < maxAcross && Math.abs(one.y - word.y - dy) < maxOff,
    );
    if (!near || taken.has(near)) continue;
    taken.add(near);
    found.set(word, near);
  }
}

/** So many words around a place say where it moved to. */
const nearest = 5;
/** Words beside a place say more than those above it, which a table may part from it. */
const downWeight = 4;

type Point = Pick<PrintedWord, 'x' | 'y'>;

const distance = (one: Point, other: Point) => Math.abs(one.x - other.x) + downWeight * Math.abs(one.y - other.y);

/** How far what stands at a place of the verified page moved on this page. */
export function shiftAt({ matches }: Alignment, place: Point): { dx: number; dy: number } {
  const near = closest(matches, ({ word }) => distance(word, place), nearest);
  const weights = near.map(({ word }) => 1 / (0.01 + distance(word, place)));
  const dy = weighted(near.map((match, at) => ({ value: match.dy, weight: weights[at] ?? 0 })));
  return { dx: median(near.map(({ dx }) => dx)) ?? 0, dy };
}

/** Of so many words that stand nearest to a place in the verified page, most must be here too, and moved as it did. */
const neighbours = 4;
const enough = 2;
const maxApart = 0.006;

/** Whether this page shows the surroundings of a place of the verified page where they would be. */
export function isKnownPlace(alignment: Alignment, place: Point): boolean {
  const around = new Set(closest(alignment.learned, (word) => distance(word, place), neighbours));
  const { dy } = shiftAt(alignment, place);
  const seen = alignment.matches.filter((match) => around.has(match.word) && Math.abs(match.dy - dy) < maxApart);
  return seen.length >= Math.min(enough, around.size);
}

/** The first few by distance. */
function closest<T>(all: readonly T[], distanceOf: (one: T) => number, count: number): T[] {
  const rated = all.map((one) => ({ one, far: distanceOf(one) }));
  const best: typeof rated = [];
  for (const next of rated) {
    if (best.length === count && next.far >= (best.at(-1)?.far ?? 0)) continue;
    best.push(next);
    best.sort((a, b) => a.far - b.far);
    if (best.length > count) best.pop();
  }
  return best.map(({ one }) => one);
}

/** The median in which what is near counts more. */
function weighted(values: readonly { value: number; weight: number }[]): number {
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  return sorted.find(({ weight }) => (sum += weight) >= half)?.value ?? 0;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
