import { bandsOf } from '#lib/core/layouts/bands.ts';
import type { Lesson } from '#lib/core/layouts/lesson.ts';
import type { Recalled } from '#lib/core/layouts/recalled.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { wordHash } from '#lib/layouts/hash-word.ts';
import { learnPages } from '../layouts/learn.ts';
import type { PagePrint } from '../layouts/print.ts';
import { type KnownLesson, likeness, pagePrint, recall, sameLayout } from '../layouts/recall.ts';
import type { Verified } from '../layouts/words-of-values.ts';

interface RecordToLearn {
  definition: Definition;
  pages: Page[];
  /** All values of the record. */
  values: Verified[];
  /** The installation's, for hashes of words. */
  key: string;
}

/** What the pages of a verified record teach, each with what it is looked up by; null for a page that teaches nothing. */
export function learnRecord({ definition, pages, values, key }: RecordToLearn) {
  const lessons = learnPages(definition, pages, values, wordHash(key));
  return lessons.map((lesson) => lesson && { lesson, bands: bandsOf(lesson.words) });
}

/** A page's words by their hashes, and what lessons on its layout are looked up by. */
export function printPage({ page, key }: { page: Page; key: string }): { print: PagePrint[]; bands: number[] } {
  const print = pagePrint(page, wordHash(key));
  return { print, bands: bandsOf(print) };
}

interface PageToCompare {
  print: PagePrint[];
  lessons: { id: string; lesson: Lesson }[];
}

/** The lessons that are on a page's layout, the most alike first. */
export function alikeLessons({ print, lessons }: PageToCompare): string[] {
  const rated = lessons.map(({ id, lesson }) => ({ id, score: likeness(lesson, print) }));
  const alike = rated.filter(({ score }) => score >= sameLayout);
  return alike.toSorted((a, b) => b.score - a.score).map(({ id }) => id);
}

/** What lessons say about a page. */
export function recallPage({ print, lessons }: { print: PagePrint[]; lessons: KnownLesson[] }): Recalled | null {
  return recall(lessons, print);
}
