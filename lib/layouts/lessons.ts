import { and, arrayOverlaps, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Lesson } from '#lib/core/layouts/lesson.ts';
import type { Executor, Transaction } from '#lib/db/client.ts';
import { lessons, lessonsDue } from '#lib/db/tables/layouts.ts';

/** A lesson as it is kept. */
export interface KeptLesson {
  id: string;
  /** The document that it comes from. */
  source: string;
  lesson: Lesson;
}

export type NewLesson = Pick<
  typeof lessons.$inferInsert,
  'documentId' | 'pageNum' | 'source' | 'lesson' | 'bands' | 'plain'
>;

/** More lessons on one layout say nothing new. */
export const maxPerLayout = 12;
/** So many that look alike at first sight are compared. */
const maxCompared = 3 * maxPerLayout;

const columns = { id: lessons.id, source: lessons.source, lesson: lessons.lesson };

/** Lessons of a schema that may be on the layout of a page with these bands: the most alike first, then the latest. */
export async function findLessons(db: Executor, schemaId: string, bands: readonly number[]): Promise<KeptLesson[]> {
  if (bands.length === 0) return [];
  const wanted = sql`${sql.param([...bands])}::int[]`;
  const shared = sql`(select count(*) from unnest(${lessons.bands}) band where band = any(${wanted}))`;
  return db
    .select(columns)
    .from(lessons)
    .where(and(eq(lessons.schemaId, schemaId), arrayOverlaps(lessons.bands, wanted)))
    .orderBy(desc(shared), desc(lessons.id))
    .limit(maxCompared);
}

/** Lessons by their ids; what was forgotten since is left out. */
export async function getLessons(db: Executor, ids: readonly string[]): Promise<KeptLesson[]> {
  if (ids.length === 0) return [];
  return db
    .select(columns)
    .from(lessons)
    .where(inArray(lessons.id, [...ids]))
    .orderBy(desc(lessons.id));
}

/** Whether anything was learned for a schema, or is about to be. */
export async function hasLessons(db: Executor, schemaId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from lessons where schema_id = ${schemaId} limit 1`);
  return rows.length > 0;
}

/** A verified session is to be learned from. */
export async function markDue(tx: Transaction, sessionId: string): Promise<void> {
  await tx.insert(lessonsDue).values({ sessionId }).onConflictDoNothing();
}

/** Forgets all that a session taught. Gives the number of pages. */
export async function forgetSession(tx: Transaction, sessionId: string): Promise<number> {
  await tx.delete(lessonsDue).where(eq(lessonsDue.sessionId, sessionId));
  const gone = await tx.delete(lessons).where(eq(lessons.sessionId, sessionId)).returning({ id: lessons.id });
  return gone.length;
}
