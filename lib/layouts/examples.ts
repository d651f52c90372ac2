import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Value } from '#lib/core/values/value.ts';
import type { Executor } from '#lib/db/client.ts';
import { lessons } from '#lib/db/tables/layouts.ts';
import { fieldValues } from '#lib/db/tables/results.ts';
import { documents, runs, sessions } from '#lib/db/tables/sessions.ts';

/** A verified page, and the values of the records that are on it. */
export interface ExamplePage {
  sha256: string;
  readerKey: string;
  pageNum: number;
  values: Value[];
}

/**
 * The pages that lessons come from, in this order, as long as their sessions are verified. Never the same file: its pages
 * were read before, and cost nothing when they are asked for as they were then.
 */
export async function examplePages(
  db: Executor,
  lessonIds: readonly string[],
  { sha256: own, limit }: { sha256: string; limit: number },
): Promise<ExamplePage[]> {
  if (lessonIds.length === 0) return [];
  const found = await db
    .select({
      id: lessons.id,
      documentId: documents.id,
      pageNum: lessons.pageNum,
      sha256: documents.sha256,
      readerKey: documents.readerKey,
      runId: runs.id,
    })
    .from(lessons)
    .innerJoin(documents, eq(documents.id, lessons.documentId))
    .innerJoin(sessions, and(eq(sessions.id, documents.sessionId), eq(sessions.status, 'verified')))
    .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
    .where(and(inArray(lessons.id, [...lessonIds]), ne(documents.sha256, own)));
  const order = new Map(lessonIds.map((id, place) => [id, place]));
  const nearest = found.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)).slice(0, limit);
  const pages = await Promise.all(
    nearest.map(async ({ documentId, runId, readerKey, pageNum, sha256 }) => {
      const rows = await db
        .select({ leaves: fieldValues.leaves })
        .from(fieldValues)
        .where(
          and(eq(fieldValues.runId, runId), eq(fieldValues.documentId, documentId), eq(fieldValues.isDeleted, false)),
        )
        .orderBy(fieldValues.accountIndex, fieldValues.position);
      return { sha256, readerKey, pageNum, values: rows.flatMap(({ leaves }) => leaves) };
    }),
  );
  return pages.flatMap(({ readerKey, pageNum, ...page }) =>
    readerKey === null || pageNum === null ? [] : { ...page, readerKey, pageNum },
  );
}
