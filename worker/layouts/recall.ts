import type { Lesson, ListPlace, Place } from '#lib/core/layouts/lesson.ts';
import type { Recalled, Remembered } from '#lib/core/layouts/recalled.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { viewPage } from '../engines/builtin/view.ts';
import { align, type Alignment, isKnownPlace, shiftAt } from './align.ts';
import type { HashWord } from '#lib/layouts/hash-word.ts';
import { type PagePrint, printOf } from './print.ts';

/** From so large a share of its words on, a verified page has the layout of this one. */
export const sameLayout = 0.35;

/** A lesson, and the verified document that it comes from. */
export interface KnownLesson {
  document: string;
  lesson: Lesson;
}

interface Aligned extends KnownLesson {
  alignment: Alignment;
}

/** The words of a page that may belong to its layout. */
export function pagePrint(page: Page, hash: HashWord): PagePrint[] {
  return printOf(viewPage(page), new Set(), hash);
}

/** How much of a verified page's layout another page has, 0–1. */
export function likeness(lesson: Lesson, print: readonly PagePrint[]): number {
  return align(lesson.words, print).score;
}

/** What the lessons of one layout say about a page; null when none of them has its layout. The most alike counts most. */
export function recall(lessons: readonly KnownLesson[], print: readonly PagePrint[]): Recalled | null {
  const alike = lessons
    .map((known): Aligned => ({ ...known, alignment: align(known.lesson.words, print) }))
    .filter(({ alignment }) => alignment.score >= sameLayout)
    .toSorted((a, b) => b.alignment.score - a.alignment.score);
  if (alike.length === 0) return null;
  const documents = new Set(alike.map(({ document }) => document)).size;
  return {
    documents,
    places: remembered(alike.flatMap((one) => one.lesson.places.flatMap((place) => movedPlace(one, place)))),
    lists: bestLists(alike),
    absent: absentIn(alike),
    printed: printedIn(alike),
  };
}

interface Moved<P> {
  document: string;
  place: P;
}

function movedPlace({ alignment, document }: Aligned, place: Place): Moved<Place>[] {
  if (!isKnownPlace(alignment, place)) return [];
  const { dx, dy } = shiftAt(alignment, place);
  return [{ document, place: { ...place, x: place.x + dx, right: place.right + dx, y: place.y + dy } }];
}

/** Values of one field within this of each other stand at one place, as shares of the page. */
const samePlace = { across: 0.03, down: 0.012 };

/** Each place once, with the number of documents that have it there: of one field those most often seen come first. */
function remembered(moved: readonly Moved<Place>[]): Remembered<Place>[] {
  const groups: { place: Place; documents: Set<string> }[] = [];
  for (const { document, place } of moved) {
    const group = groups.find((one) => isSamePlace(one.place, place));
    if (group) group.documents.add(document);
    else groups.push({ place, documents: new Set([document]) });
  }
  return groups.map(({ place, documents }) => ({ ...place, seen: documents.size })).toSorted((a, b) => b.seen - a.seen);
}

function isSamePlace(one: Place, other: Place): boolean {
  const across = Math.min(Math.abs(one.x - other.x), Math.abs(one.right - other.right));
  return one.path === other.path && across < samePlace.across && Math.abs(one.y - other.y) < samePlace.down;
}

/** Of each list the columns as the page that is most alike has them. */
function bestLists(alike: readonly Aligned[]): Remembered<ListPlace>[] {
  const byPath = Map.groupBy(
    alike.flatMap((one) => one.lesson.lists.map((list) => ({ one, list }))),
    ({ list }) => list.path,
  );
  return [...byPath.values()].flatMap((found) => {
    const [best] = found;
    if (!best) return [];
    const seen = new Set(found.map(({ one }) => one.document)).size;
    const { dx, dy } = shiftAt(best.one.alignment, { x: best.list.columns[0]?.x ?? 0, y: best.list.y });
    const columns = best.list.columns.map((column) => ({ ...column, x: column.x + dx, right: column.right + dx }));
    return [{ ...best.list, y: best.list.y + dy, columns, seen }];
  });
}

function absentIn(alike: readonly Aligned[]): string[] {
  const [first, ...others] = alike.map(({ lesson }) => new Set(lesson.absent));
  return [...(first ?? [])].filter((path) => others.every((absent) => absent.has(path)));
}

/** Words that most of the pages have where this one has them. */
function printedIn(alike: readonly Aligned[]): number[] {
  const counts = new Map<number, number>();
  for (const { index } of alike.flatMap(({ alignment }) => alignment.matches)) {
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return [...counts].flatMap(([index, count]) => (count * 2 > alike.length ? [index] : []));
}
