import type { Forecast, SessionDetail } from '#lib/core/contract/sessions.ts';
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { liveWorkers } from '#lib/workers/registry.ts';
import { getSession } from './get.ts';

/** Files that are looked for in other sessions. */
const maxFiles = 50;
/** What the pace is told by: the latest sessions. */
const latestSessions = 200;

/** @throws RequestError 404 */
export async function getForecast({ db, queue }: Pick<Context, 'db' | 'queue'>, id: string): Promise<Forecast> {
  const session = await getSession({ db }, id);
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

/** Of each file the latest earlier session that has it too; of very many files the first ones. */
async function duplicatesOf(db: Executor, session: SessionDetail): Promise<Forecast['duplicates']> {
  const firsts = new Map<string, string>();
  for (const { sha256, id } of session.documents) if (!firsts.has(sha256)) firsts.set(sha256, id);
  const asked = [...firsts].slice(0, maxFiles);
  if (asked.length === 0) return [];
  const { rows } = await db.execute<{ document_id: string; session_id: string; name: string; created_at: string }>(sql`
    select asked.document_id, earlier.session_id, earlier.name, earlier.created_at
    from unnest(${sql.param(asked.map(([sha256]) => sha256))}::text[], ${sql.param(asked.map(([, id]) => id))}::uuid[])
      with ordinality as asked (sha256, document_id, place)
    cross join lateral (
      select ${documents.sessionId} as session_id, ${sessions.name} as name,
        to_char(${sessions.createdAt} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
      from ${documents} join ${sessions} on ${sessions.id} = ${documents.sessionId}
      where ${documents.sha256} = asked.sha256 and ${documents.sessionId} < ${session.id}
      order by ${documents.sessionId} desc limit 1) earlier
    order by asked.place`);
  return [...rows];
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
