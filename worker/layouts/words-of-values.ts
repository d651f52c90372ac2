import { fieldAt } from '#lib/core/fields/field.ts';
import { type Path, pathText, rowIndexAt } from '#lib/core/fields/path.ts';
import { placesOn } from '#lib/core/grounding/ground.ts';
import { labelDistance } from '#lib/core/grounding/label-distance.ts';
import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import { indexPage } from '#lib/core/grounding/index-page.ts';
import type { Box, Page } from '#lib/core/pages/page.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { localeFor, mannersOf } from '#lib/core/values/manners.ts';
import { isDecided, type Value } from '#lib/core/values/value.ts';

/** A value of a verified record, and the words of a page that say it. */
export interface PlacedValue {
  path: Path;
  /** Indices into the page's words; at least one. */
  words: number[];
}

export type Verified = Pick<Value, 'path' | 'value' | 'raw' | 'state' | 'evidence'>;

/**
 * Where the values of a verified record stand on each of its pages. What a person typed is looked for: a single value near
 * its label, one of a row on the line that has the most of that row, on the page where most of it is found.
 */
export function placeValues(
  definition: Definition,
  pages: readonly Page[],
  values: readonly Verified[],
): Map<Page, PlacedValue[]> {
  const placed = new Map(pages.map((page): [Page, PlacedValue[]] => [page, []]));
  const below = new Map(pages.map((page) => [page, -1]));
  const rows = Map.groupBy(values, ({ path }) => rowOf(path));
  for (const [row, own] of rows) {
    if (row === '') continue;
    const options = pages.map((page) => ({ page, cells: placeRow(definition, page, own, below.get(page) ?? -1) }));
    const [best] = options.toSorted((a, b) => b.cells.length - a.cells.length);
    // A few figures of a row stand anywhere.
    if (!best || best.cells.length < usualShare * own.filter(({ value }) => value !== null).length) continue;
    placed.get(best.page)?.push(...best.cells);
    const { lineOf } = indexPage(best.page);
    below.set(best.page, Math.max(...best.cells.flatMap(({ words }) => words.map((word) => lineOf[word] ?? -1))));
  }
  for (const [page, own] of placed) own.push(...placeSingles(definition, page, rows.get('') ?? [], own));
  return placed;
}

/** So large a share of a row's values is found where the row is. */
const usualShare = 0.6;

/** Where single values stand; what a person typed stands where nothing else does. */
function placeSingles(
  definition: Definition,
  page: Page,
  values: readonly Verified[],
  rows: readonly PlacedValue[],
): PlacedValue[] {
  const pointed = values.map((value) => ({ value, words: value.evidence ? evidenceWords(page, value) : null }));
  const taken = new Set([...rows.flatMap(({ words }) => words), ...pointed.flatMap(({ words }) => words ?? [])]);
  return pointed.flatMap(({ value, words }) => {
    const found = sayingIt(definition, page, value, words ?? typedWords(definition, page, value, taken));
    return found.length > 0 ? [{ path: value.path, words: found }] : [];
  });
}

/** So far from a label of its field, in page widths, a value may be something else that says the same. */
const nearLabel = 0.45;
/** Longer texts hardly stand on a page by chance. */
const minLetters = 4;

/** Where a value that a person typed stands: near its label, or, where the page has no label of it, in a single place. */
function typedWords(definition: Definition, page: Page, value: Verified, taken: ReadonlySet<number>): number[] {
  const claim = claimOf(definition, page, value);
  if (!claim) return [];
  const index = indexPage(page);
  const places = placesOn(page, claim.claim, claim.field, claim.locale)
    .filter((words) => !words.some((word) => taken.has(word)))
    .map((words) => ({ words, distance: labelDistance(index, words, claim.field) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = places;
  if (best && best.distance < nearLabel) return best.words;
  const isAlone = places.length === 1 && lettersAndDigits(String(value.value)).length >= minLetters;
  return isAlone && best ? best.words : [];
}

/** Of a number only the words with its figures: what stands beside them may be part of something else. */
function sayingIt(definition: Definition, page: Page, { path }: Verified, words: readonly number[]): number[] {
  const field = fieldAt(definition.fields, path);
  const isNumber = field?.kind === 'scalar' && (field.type === 'number' || field.type === 'integer');
  return words.filter((word) => !isNumber || /\p{N}/u.test(page.words[word]?.text ?? ''));
}

function rowOf(path: Path): string {
  const at = rowIndexAt(path);
  return at < 0 ? '' : pathText(path.slice(0, at + 1));
}

function evidenceWords(page: Page, { evidence }: Verified): number[] {
  return evidence?.pageNum === page.pageNum ? wordsIn(page, evidence.boxes) : [];
}

function wordsIn({ words }: Page, boxes: readonly Box[]): number[] {
  return words.flatMap((word, index) => {
    const [x, y] = [word.x + word.width / 2, word.y + word.height / 2];
    const isIn = boxes.some((box) => box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height);
    return isIn ? [index] : [];
  });
}

/** What is to be looked for of a value that a person typed; null where nothing is. */
function claimOf(definition: Definition, page: Page, { path, value, raw, state }: Verified) {
  const field = fieldAt(definition.fields, path);
  if (field?.kind !== 'scalar' || value === null || !isDecided(state)) return null;
  const locale = localeFor(field, mannersOf(page.text, definition.locale));
  return { field, locale, claim: { value, raw: raw ?? String(value), quote: null, hint: undefined } };
}

/** A row may be set in so many lines above and below the one that has the most of it. */
const linesAround = 3;

function placeRow(definition: Definition, page: Page, row: readonly Verified[], below: number): PlacedValue[] {
  const { lineOf } = indexPage(page);
  const lineAt = (words: readonly number[]) => lineOf[words[0] ?? -1] ?? -1;
  const options = row.map((value): number[][] => {
    const found = value.evidence ? [evidenceWords(page, value)] : placesOf(definition, page, value);
    return found.map((words) => sayingIt(definition, page, value, words)).filter((words) => words.length > 0);
  });
  const best = lineOfRow(
    options.map((places) => new Set(places.map(lineAt))),
    below,
  );
  if (best === null) return [];
  const taken = new Set<number>();
  const placed = row.map((value, column): PlacedValue => {
    const free = (options[column] ?? []).filter((words) => !words.some((word) => taken.has(word)));
    const off = (words: readonly number[]) => Math.abs(lineAt(words) - best);
    const near = free.filter((words) => lineAt(words) > below && off(words) <= linesAround);
    const [words = []] = value.evidence ? free : near.toSorted((a, b) => off(a) - off(b));
    for (const word of words) taken.add(word);
    return { path: value.path, words };
  });
  return placed.filter(({ words }) => words.length > 0);
}

function placesOf(definition: Definition, page: Page, value: Verified): number[][] {
  const claim = claimOf(definition, page, value);
  return claim ? placesOn(page, claim.claim, claim.field, claim.locale) : [];
}

/** The line that has the most values of a row, below the row before; null when nothing of it is there. */
function lineOfRow(lines: readonly ReadonlySet<number>[], below: number): number | null {
  const votes = new Map<number, number>();
  for (const line of lines.flatMap((own) => [...own])) votes.set(line, (votes.get(line) ?? 0) + 1);
  const [best] = [...votes]
    .filter(([line]) => line > below)
    .toSorted(([lineA, a], [lineB, b]) => b - a || lineA - lineB);
  return best?.[0] ?? null;
}
