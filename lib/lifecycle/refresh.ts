import { eq, sql } from 'drizzle-orm';
import type { Acting } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { runs, sessions } from '#lib/db/tables/sessions.ts';
import { sureBoundary } from '#lib/core/splitting/types.ts';
import { failures } from '#lib/core/failures.ts';
import { notifyChanged } from '#lib/events.ts';
import { reserved } from '#lib/usage/reserved.ts';
import { moveSession, noOutcome } from './sessions.ts';

interface Totals extends Record<string, unknown> {
  total: number;
  ended: number;
  completed: number;
  /** Of those, how many are more than the wrapping of others. */
  with_result: number;
  partial: boolean;
  started: boolean;
  progress: number;
  stage: string | null;
  pages_total: number;
  pages_processed: number;
  pages_failed: number;
  waiting: { reason: string; until: string } | null;
  all_waiting: boolean;
}

/**
 * Brings a session's row in line with its documents, and finishes it when the last has ended.
 * Locks the session's row first: of two documents that end at once, the second sees the first.
 * Call it last in a transaction that has locked the document; documents are always locked before their session.
 */
export async function refreshSession({ tx, actor }: Acting, sessionId: string): Promise<void> {
  const [session] = await tx
    .select({ status: sessions.status })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    // Rows that refer to the session hold a share of its key: this lock goes along with that, FOR UPDATE would not.
    .for('no key update');
  if (!session) return;
  const totals = await addUp(tx, sessionId);
  const finished = session.status === 'processing' && totals.ended === totals.total;
  await tx
    .update(sessions)
    .set({
      documentsDone: totals.completed,
      pagesTotal: totals.pages_total,
      pagesProcessed: totals.pages_processed,
      pagesFailed: totals.pages_failed,
      progress: totals.progress,
      stage: totals.stage ?? 'completed',
      partial: totals.partial,
      waiting: totals.all_waiting ? totals.waiting : null,
      ...(totals.started ? { startedAt: sql`coalesce(${sessions.startedAt}, now())` } : {}),
    })
    .where(eq(sessions.id, sessionId));
  if (finished) await finish({ tx, actor }, sessionId, totals);
  await notifyChanged(tx, [sessionId]);
}

async function addUp(tx: Transaction, sessionId: string): Promise<Totals> {
  const {
    rows: [row],
  } = await tx.execute<Totals>(sql`
    select count(*)::int as total,
      count(*) filter (where status in ('completed', 'failed', 'cancelled'))::int as ended,
      count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status = 'completed' and not (
        exists (select 1 from documents part where part.parent_id = documents.id)
        and not exists (select 1 from accounts where accounts.document_id = documents.id)))::int as with_result,
      coalesce(bool_or(status in ('failed', 'cancelled') or pages_failed > 0), false) as partial,
      bool_or(started_at is not null) as started,
      coalesce(round(avg(case when status in ('completed', 'failed', 'cancelled') then 100 else progress end)), 0)::int as progress,
      min(status) filter (where status not in ('completed', 'failed', 'cancelled'))::text as stage,
      sum(pages_total)::int as pages_total,
      sum(pages_processed)::int as pages_processed,
      sum(pages_failed)::int as pages_failed,
      (array_agg(waiting order by waiting->>'until') filter (where waiting is not null))[1] as waiting,
      coalesce(bool_and(waiting is not null) filter (where status not in ('completed', 'failed', 'cancelled')), false) as all_waiting
    from documents where session_id = ${sessionId}`);
  if (!row) throw new Error(`session ${sessionId} has no documents`);
  return row;
}

/** Ends a session whose documents have all ended: it failed only when no document gave a result. */
async function finish(acting: Acting, sessionId: string, totals: Totals): Promise<void> {
  const { tx } = acting;
  const finishedAt = new Date();
  await tx
    .update(runs)
    .set({ finishedAt })
    .where(sql`session_id = ${sessionId} and number = (select run from sessions where id = ${sessionId})`);
  const counts = await countResults(tx, sessionId);
  if (totals.with_result > 0) {
    await moveSession(acting, sessionId, 'finish', { ...counts, ...noOutcome, finishedAt });
    return;
  }
  const {
    rows: [first],
  } = await tx.execute<{ reason: keyof typeof failures; message: string }>(sql`
    select failure_reason as reason, failure_message as message from documents
    where session_id = ${sessionId} and failure_reason is not null order by position, path, id limit 1`);
  const message =
    totals.total > 1 && first
      ? `None of ${totals.total} documents gave a result. The first: ${first.message}`
      : first?.message;
  await moveSession(acting, sessionId, 'fail', {
    ...counts,
    partial: false,
    failureReason: first?.reason ?? 'internal',
    failureMessage: message ?? failures.internal.message,
    finishedAt,
  });
}

/**
 * What the current run of a session holds, and all that it cost. A person should look at values, and at places where an
 * account begins without certainty.
 */
export async function countResults(tx: Transaction, sessionId: string) {
  const {
    rows: [row],
  } = await tx.execute<{ accounts: number; needs_attention: number; cost_usd: number }>(sql`
    with current as (select r.id from runs r join sessions s on s.id = r.session_id and s.run = r.number where s.id = ${sessionId})
    select (select count(*)::int from accounts where run_id = (select id from current)) as accounts,
      (select coalesce(sum(needs_attention), 0)::int from field_values where run_id = (select id from current))
        + (select count(*)::int from accounts a, jsonb_array_elements(a.boundaries) b
           where a.run_id = (select id from current) and (b ->> 'certainty')::float8 < ${sureBoundary}) as needs_attention,
      (select coalesce(sum(cost_usd), 0)::float8 from usage where session_id = ${sessionId} and outcome <> ${reserved}) as cost_usd`);
  return {
    accounts: row?.accounts ?? 0,
    needsAttention: row?.needs_attention ?? 0,
    costUsd: row?.cost_usd ?? 0,
  };
}
