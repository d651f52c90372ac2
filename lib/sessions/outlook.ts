import { and, desc, eq, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm';
import type { Context } from '#lib/app-context.ts';
import type { Executor } from '#lib/db/client.ts';
import { documents, sessions } from '#lib/db/tables.ts';
import { liveWorkers } from '#lib/workers/registry.ts';
import { getSession, type SessionDetail } from './get.ts';

/** An earlier session with the same file. */
export interface Duplicate {
  document_id: string;
  session_id: string;
  name: string;
  created_at: string;
}

/** What is to be expected of a session, and what was there before. */
export interface Outlook {
  /** Documents that go before the session's next one; null when none of it waits in the queue. */
  queued_before: number | null;
  /** About how long until it is finished, by how long others took; null when nothing speaks for a number. */
  seconds_left: number | null;
  duplicates: Duplicate[];
}

/** What the pace is told by: the latest sessions. */
const latestSessions = 200;

/** @throws RequestError 404 */
export async function getOutlook({ db, queue }: Pick<Context, 'db' | 'queue'>, id: string): Promise<Outlook> {
  const session = await getSession(db, id);
  const duplicates = await duplicatesOf(db, session);
  if (session.status !== 'processing') return { queued_before: null, seconds_left: null, duplicates };
  const waiting = session.documents.filter(({ status }) => status === 'queued');
  const before =
    waiting.length > 0
      ? await queue.countBefore(
          db,
          waiting.map((document) => document.id),
        )
      : null;
  return { queued_before: before, seconds_left: await secondsLeft(db, session, before), duplicates };
}

/** Of each file the latest earlier session that has it too. */
async function duplicatesOf(db: Executor, session: SessionDetail): Promise<Duplicate[]> {
  const found = await Promise.all(
    [...new Map(session.documents.map((document) => [document.sha256, document.id]))].map(
      async ([sha256, documentId]) => {
        const [row] = await db
          .select({ session_id: sessions.id, name: sessions.name, createdAt: sessions.createdAt })
          .from(documents)
          .innerJoin(sessions, eq(sessions.id, documents.sessionId))
          .where(and(eq(documents.sha256, sha256), ne(sessions.id, session.id), lt(sessions.id, session.id)))
          .orderBy(desc(sessions.id))
          .limit(1);
        return row && { document_id: documentId, session_id: row.session_id, name: row.name, createdAt: row.createdAt };
      },
    ),
  );
  return found.flatMap((one) => {
    if (!one) return [];
    const { createdAt, ...duplicate } = one;
    return [{ ...duplicate, created_at: createdAt.toISOString() }];
  });
}

/** By its own pace as soon as it has one, else by that of the latest sessions over all slots of the workers. */
async function secondsLeft(db: Executor, session: SessionDetail, before: number | null): Promise<number | null> {
  if (session.waiting) return null;
  const open = session.documents_total - session.documents_done;
  const running = session.documents.filter(({ status, pages_processed }) => status !== 'queued' && pages_processed > 0);
  const isUnderWay = before === null && session.started_at !== null && running.length > 0 && session.progress > 5;
  if (isUnderWay && session.started_at) {
    const elapsed = (Date.now() - Date.parse(session.started_at)) / 1000;
    return Math.max(1, Math.round((elapsed * (100 - session.progress)) / session.progress));
  }
  const [perDocument, workers] = [await usualSeconds(db), await liveWorkers(db)];
  const slots = workers.reduce((sum, worker) => sum + worker.slots, 0);
  if (perDocument === null || slots === 0) return null;
  return Math.max(1, Math.ceil((((before ?? 0) + open) * perDocument) / slots));
}

/** What a document of the latest sessions took, in seconds. */
async function usualSeconds(db: Executor): Promise<number | null> {
  const latest = db.select({ id: sessions.id }).from(sessions).orderBy(desc(sessions.id)).limit(latestSessions);
  const [row] = await db
    .select({
      seconds: sql<number | null>`avg(extract(epoch from ${documents.finishedAt} - ${documents.startedAt}))::float8`,
    })
    .from(documents)
    .where(
      and(inArray(documents.sessionId, latest), eq(documents.status, 'completed'), isNotNull(documents.startedAt)),
    );
  return row?.seconds ?? null;
}
