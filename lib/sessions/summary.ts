import { toFailure } from '#lib/documents/summary.ts';
import { priorityName } from '#lib/core/fields/choices.ts';
import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { prepareOnce } from '#lib/db/prepared.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';

const sessionColumns = {
  id: sessions.id,
  name: sessions.name,
  slug: schemas.slug,
  schemaName: schemaVersions.name,
  schemaVersion: schemaVersions.version,
  version: sessions.version,
  engine: sessions.engine,
  model: sessions.model,
  run: sessions.run,
  status: sessions.status,
  partial: sessions.partial,
  waiting: sessions.waiting,
  priority: sessions.priority,
  progress: sessions.progress,
  stage: sessions.stage,
  documentsTotal: sessions.documentsTotal,
  documentsDone: sessions.documentsDone,
  pagesTotal: sessions.pagesTotal,
  pagesProcessed: sessions.pagesProcessed,
  pagesFailed: sessions.pagesFailed,
  accounts: sessions.accounts,
  needsAttention: sessions.needsAttention,
  costUsd: sessions.costUsd,
  failureReason: sessions.failureReason,
  failureMessage: sessions.failureMessage,
  createdAt: sessions.createdAt,
  startedAt: sessions.startedAt,
  finishedAt: sessions.finishedAt,
};

/** A query of session summaries to narrow with `where`, `orderBy` and `limit`; give its rows to `toSessionSummary`. */
export function selectSessions(db: Executor) {
  return db
    .select(sessionColumns)
    .from(sessions)
    .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .$dynamic();
}

type SessionRow = Awaited<ReturnType<typeof selectSessions>>[number];

export function toSessionSummary(row: SessionRow): SessionSummary {
  return {
    id: row.id,
    name: row.name,
    schema: { slug: row.slug, name: row.schemaName, version: row.schemaVersion },
    engine: row.engine,
    model: row.model,
    run: row.run,
    status: row.status,
    partial: row.partial,
    waiting: row.waiting,
    priority: priorityName(row.priority),
    progress: row.progress,
    stage: row.stage,
    documents_total: row.documentsTotal,
    documents_done: row.documentsDone,
    pages_total: row.pagesTotal,
    pages_processed: row.pagesProcessed,
    pages_failed: row.pagesFailed,
    accounts: row.accounts,
    needs_attention: row.needsAttention,
    cost_usd: row.costUsd,
    failure: toFailure(row.failureReason, row.failureMessage),
    version: row.version,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}

const summariesQuery = prepareOnce((db) =>
  selectSessions(db)
    .where(sql`${sessions.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('summaries'),
);

/** The summaries of these sessions, in no order; ids that do not exist are left out. */
export async function summarise(db: Executor, ids: readonly string[]): Promise<SessionSummary[]> {
  if (ids.length === 0) return [];
  const rows = await summariesQuery(db).execute({ ids });
  return rows.map(toSessionSummary);
}
