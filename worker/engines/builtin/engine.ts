import type { Field, ListField, ScalarField } from '#lib/core/fields/field.ts';
import type { PageReading, ReadValue, RowsSeen } from '#lib/core/values/value.ts';
import { type Path, pathText } from '#lib/core/fields/path.ts';
import { findPlaces } from '#lib/core/grounding/find-text.ts';
import type { ListPlace } from '#lib/core/layouts/lesson.ts';
import type { Recalled } from '#lib/core/layouts/recalled.ts';
import { indexPage } from '#lib/core/grounding/index-page.ts';
import { numbersLocale } from '#lib/core/normalise/decimal-mark.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Candidate } from './candidate.ts';
import type { Features } from './certainty/features.ts';
import { scalarFeatures } from './certainty/scalar-features.ts';
import { shippedScorer, withCertainty } from './certainty/certainty.ts';
import type { Scorer } from './certainty/model.ts';
import { labelledCandidates } from './candidates.ts';
import { choose } from './choose.ts';
import { unlabelledCandidates } from './cues.ts';
import { isLabelOf, labelsOf } from './labels.ts';
import { doubtOf, doubtOfGaps, doubtOfPart, doubtOfRow, doubtOfTable } from './table-doubts.ts';
import type { TableValue } from './table-parts.ts';
import { rememberedCandidates } from './remembered.ts';
import { readTable } from './tables.ts';
import { type View, viewPage } from './view.ts';

/** Changes whenever the same page would be read otherwise. */
export const readerVersion = '18';

/** One page, and the account that it belongs to when the schema splits. */
interface PageToRead {
  definition: Definition;
  page: Page;
  accountNumber: string | null;
  /** What verified documents say of a page of this layout. */
  recalled?: Recalled | null;
}

interface Placed<F extends Field> {
  field: F;
  path: Path;
}

/** A value that was read, and what is known of how it was found; of cells of tables nothing is learned. */
export interface Described {
  read: ReadValue;
  features: Features | null;
}

/** What a page says for each field of the schema. What is not found is not there; nothing is made up. */
export function readPage(task: PageToRead, scorer: Scorer | null = shippedScorer()): PageReading {
  const { described, rowsSeen } = describePage(task);
  const leaves = described.map(({ read, features }) =>
    features && scorer ? withCertainty(read, features, scorer) : read,
  );
  return { leaves, rowsSeen };
}

/** The same with what is known of each value, which is what `npm run train` learns from. */
export function describePage(task: PageToRead): { described: Described[]; rowsSeen: RowsSeen[] } {
  const { definition, page, recalled } = task;
  // The locale decides of numbers how large they are: of amounts the largest, for instance, is the total.
  const locale = numbersLocale(page.text, definition.locale);
  const view = viewPage(page);
  const { scalars, lists } = flatten(definition.fields, []);
  const labels = new Set([...scalars, ...lists].flatMap(({ field }) => labelsOf(field)));
  const isLabel = (text: string) => isLabelOf(labels, text);
  const tables = lists.map(({ field, path }) => {
    const place = recalled?.lists.find((list) => list.path === pathText(path));
    return readList(view, field, path, locale, isLabel, place);
  });
  const inTables = wordsOfRows(
    view,
    new Set(tables.flatMap(({ leaves }) => leaves.flatMap(({ read }) => read.words ?? []))),
  );
  const printed = new Set(recalled?.printed);
  const options = scalars.map(({ field, path }) => {
    const places = recalled?.places.filter((place) => place.path === pathText(path)) ?? [];
    const usual = [...ownNumber(task, view, path), ...candidatesOf(view, field, locale, isLabel, inTables)];
    return { field, candidates: [...rememberedCandidates(view, field, places, printed, usual, locale), ...usual] };
  });
  const chosen = choose(options).flatMap(({ field, candidate }) => {
    const place = scalars.find((one) => one.field === field);
    const candidates = options.find((one) => one.field === field)?.candidates ?? [];
    const features = scalarFeatures(view, field, candidate, candidates, locale);
    return place ? [{ read: toValue(place.path, candidate), features }] : [];
  });
  return {
    described: [...chosen, ...tables.flatMap((table) => table.leaves)],
    rowsSeen: tables.flatMap((table) => table.rowsSeen),
  };
}

function flatten(field: Field, path: Path): { scalars: Placed<ScalarField>[]; lists: Placed<ListField>[] } {
  if (field.kind === 'scalar') return { scalars: [{ field, path }], lists: [] };
  if (field.kind === 'list') return { scalars: [], lists: [{ field, path }] };
  const parts = field.fields.map((part) => flatten(part, [...path, part.name]));
  return { scalars: parts.flatMap((part) => part.scalars), lists: parts.flatMap((part) => part.lists) };
}

/** The words of a table's rows, those of columns that the list does not ask for among them: they belong to their row. */
function wordsOfRows(view: View, cells: ReadonlySet<number>): Set<number> {
  const words = view.lines.flatMap((line) => {
    const own = line.cells.filter(({ words }) => words.some(({ index }) => cells.has(index)));
    const left = Math.min(...own.map(({ x }) => x));
    const right = Math.max(...own.map((cell) => cell.right));
    return line.words.filter(({ x }) => x >= left && x < right);
  });
  return new Set(words.map(({ index }) => index));
}

/** Labelled places count before usual ones; cells of a table belong to its rows. */
function candidatesOf(
  view: View,
  field: ScalarField,
  locale: string,
  isLabel: (text: string) => boolean,
  inTables: Set<number>,
): Candidate[] {
  const labelled = labelledCandidates(view, field, locale, isLabel).filter(
    ({ words }) => !words.some((word) => inTables.has(word.index)),
  );
  return [...labelled, ...unlabelledCandidates(view, field, locale)];
}

/** Splitting knows the account's number: where it stands, it is the value, with all its groups of digits. */
function ownNumber({ definition, page, accountNumber }: PageToRead, view: View, path: Path): Candidate[] {
  if (accountNumber === null || path.length !== 1 || path[0] !== definition.split?.by) return [];
  const [place] = findPlaces(indexPage(page), accountNumber, false);
  const wanted = new Set(place);
  const words = view.lines.flatMap((line) => line.words.filter(({ index }) => wanted.has(index)));
  if (words.length === 0) return [];
  const text = words
    .map((word) => word.text)
    .join(' ')
    .replace(/(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/u, '');
  return [{ words, text, score: 1, reason: 'as the number that the file is split by', isLabelled: true }];
}

function readList(
  view: View,
  field: ListField,
  path: Path,
  locale: string,
  isLabel: (text: string) => boolean,
  place: ListPlace | undefined,
) {
  if (field.item.kind === 'object') {
    const { rows, rowsSeen, doubt } = readTable(view, field, locale, place);
    const ofTable = doubt ? doubtOf[doubt] : place ? {} : doubtOfTable(rows, field.item.fields.length);
    const leaves = rows.flatMap((row, index) => {
      const ofRow = doubtOfRow(row, field, locale);
      const gaps = doubtOfGaps(row, place);
      return row.map((value): Described => {
        const doubts = { ...ofTable, ...gaps, ...doubtOfPart(value, place), ...ofRow(value) };
        return { read: { ...cellValue([...path, index, value.column.name], value), ...doubts }, features: null };
      });
    });
    const seen: RowsSeen[] = rowsSeen > 0 ? [{ path, rows: rowsSeen }] : [];
    return { leaves, rowsSeen: seen };
  }
  if (field.item.kind !== 'scalar') return { leaves: [], rowsSeen: [] };
  const item = { ...field.item, label: field.label, aliases: field.aliases };
  const [best] = labelledCandidates(view, item, locale, isLabel).toSorted((a, b) => b.score - a.score);
  if (!best || best.score <= 0.5) return { leaves: [], rowsSeen: [] };
  const features = scalarFeatures(view, item, best, [best], locale);
  return { leaves: splitItems(best, path).map((read): Described => ({ read, features })), rowsSeen: [] };
}

/** `Maria Alvarez, Juan Alvarez and Ana Ruiz` are three. */
function splitItems(candidate: Candidate, path: Path): ReadValue[] {
  const items = candidate.text
    .split(/[,;&•|]|\s(?:and|und|et|y|e|or)(?=\s)/i)
    .filter((item) => /[\p{L}\p{N}]/u.test(item));
  const hint = candidate.words.map((word) => word.index);
  return items.map((item, index) => ({ path: [...path, index], value: item.trim(), quote: item.trim(), words: hint }));
}

function cellValue(path: Path, { text, words }: TableValue): ReadValue {
  return { path, value: text, quote: text, words: words.map((word) => word.index) };
}

/** Of what a person should look at, however well it fits. */
const doubtfulFit = 0.45;

function toValue(path: Path, candidate: Candidate): ReadValue {
  const { text: found, words, score, reason, isLabelled = false, isDoubtful = false } = candidate;
  const text = found.replace(/\s+/g, ' ');
  const fit = { score: Math.round(Math.min(isDoubtful ? doubtfulFit : 1, score) * 100) / 100, reason, isLabelled };
  return { path, value: text, quote: text, words: words.map((word) => word.index), fit };
}
