import { asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { lessons, lessonsDue } from '#lib/db/tables/layouts.ts';
import { schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { defineTask } from '#lib/queue/tasks.ts';
import { forgetSession, type NewLesson } from './lessons.ts';

/** Learning from the sessions that were verified. What a lost worker left undone, the next one does. */
export const learnTask = defineTask('learn', z.object({}), { retries: 3, expireSeconds: 300, waitSeconds: 3600 });

/** Wakes a worker to learn; when nobody can be told now, the next look at what is due finds it. */
export async function requestLearning({ queue, log }: Pick<Context, 'queue' | 'log'>): Promise<void> {
  await queue.tasks
    .request(learnTask, {})
    .catch((error: unknown) => log.warn({ err: error }, 'no worker could be told'));
}

/** Sessions to learn from, the longest due first. `schemaId`: only of that schema. */
export async function dueSessions(db: Executor, limit: number, schemaId?: string): Promise<string[]> {
  const due = db
    .select({ id: lessonsDue.sessionId })
    .from(lessonsDue)
    .innerJoin(sessions, eq(sessions.id, lessonsDue.sessionId))
    .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
    .where(schemaId ? eq(schemaVersions.schemaId, schemaId) : undefined)
    .orderBy(asc(lessonsDue.createdAt))
    .limit(limit);
  return (await due).map(({ id }) => id);
}

/**
 * Keeps what a session taught in place of what it taught before, if it is still verified and as it was when it was read
 * (`version`). false when it was changed meanwhile: then it is still due, or forgotten.
 */
export async function saveLessons(
  db: Context['db'],
  session: { id: string; version: number; schemaId: string },
  found: readonly NewLesson[],
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute(
      sql`select 1 from sessions where id = ${session.id} and status = 'verified' and version = ${session.version} for update`,
    );
    if (rows.length === 0) return false;
    await forgetSession(tx, session.id);
    const { id: sessionId, schemaId } = session;
    if (found.length > 0) {
      await tx.insert(lessons).values(found.map((one) => ({ ...one, id: newId(), sessionId, schemaId })));
    }
    return true;
  });
}
