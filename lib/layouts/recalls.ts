import { and, eq } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { recalls } from '#lib/db/tables/layouts.ts';

export interface RecallOf {
  runId: string;
  documentId: string;
  pageNum: number;
}

/** The lessons by which a page of a run is read; null while they are not chosen. */
export async function chosenLessons(db: Executor, page: RecallOf): Promise<string[] | null> {
  const [row] = await db.select({ ids: recalls.lessonIds }).from(recalls).where(isOf(page));
  return row?.ids ?? null;
}

/** Chooses them, unless they are chosen already. Gives those that count. */
export async function chooseLessons(db: Executor, page: RecallOf, lessonIds: string[]): Promise<string[]> {
  const [row] = await db
    .insert(recalls)
    .values({ ...page, lessonIds })
    .onConflictDoNothing()
    .returning();
  return row?.lessonIds ?? (await chosenLessons(db, page)) ?? lessonIds;
}

function isOf({ runId, documentId, pageNum }: RecallOf) {
  return and(eq(recalls.runId, runId), eq(recalls.documentId, documentId), eq(recalls.pageNum, pageNum));
}
