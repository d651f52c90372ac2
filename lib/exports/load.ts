import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Database, Executor } from '#lib/db/client.ts';
import { accounts, fieldValues, pages } from '#lib/db/tables/results.ts';
import { documentOrder, documents, runs, sessions } from '#lib/db/tables/sessions.ts';
import type { Exported } from '#lib/core/export/input.ts';
import { failures } from '#lib/core/failures.ts';
import { accountColumns, toAccountView } from '#lib/results/get.ts';
import type { ExportPlan } from './plan.ts';
import { selectSessions, toSessionSummary } from '../sessions/summary.ts';
import { toDocumentSummary } from '#lib/documents/summary.ts';

/** Sessions read at a time, and the pages that they may have together: that bounds what stands in memory. */
const sessionsPerBatch = 100;
const pagesPerBatch = 300;

/** The sessions of an export, the newest first, with all their values; then those that it cannot give. */
export async function* loadSessions(db: Database, plan: ExportPlan, signal: AbortSignal): AsyncGenerator<Exported> {
  let last: string | null = null;
  do {
    signal.throwIfAborted();
    const batch: Batch = await loadBatch(db, plan, last);
    yield* batch.exported;
    last = batch.last;
  } while (last !== null);
  for (const id of plan.unknownIds) yield { id, missing: 'There is no session with this id.' };
}

interface Batch {
  exported: Exported[];
  /** null at the end. */
  last: string | null;
}

/** One view of the database: a session's values are those of the run that it says. */
function loadBatch(db: Database, plan: ExportPlan, after: string | null): Promise<Batch> {
  return db.transaction(
    async (tx) => {
      const rows = await selectSessions(tx)
        .where(and(plan.where, after ? lt(sessions.id, after) : undefined))
        .orderBy(desc(sessions.id))
        .limit(sessionsPerBatch);
      const taken = fitting(rows.map(toSessionSummary));
      const isEnd = taken.length === rows.length && rows.length < sessionsPerBatch;
      return {
        exported: await withValues(tx, plan, taken),
        last: isEnd ? null : (taken.at(-1)?.id ?? null),
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** As many of them as have few enough pages, at least one. */
function fitting(summaries: readonly SessionSummary[]): SessionSummary[] {
  let total = 0;
  return summaries.filter((summary, index) => {
    total += summary.pages_total;
    return index === 0 || total <= pagesPerBatch;
  });
}

async function withValues(db: Executor, plan: ExportPlan, summaries: readonly SessionSummary[]): Promise<Exported[]> {
  const current = await currentRuns(
    db,
    summaries.map(({ id }) => id),
  );
  const ids = [...current.values()].map(({ runId }) => runId);
  const documentsBySession = await readDocuments(db, [...current.keys()]);
  const pagesByRun = await readFailedPages(db, ids);
  const accountsByRun = await readAccounts(db, ids);
  return summaries.map((summary) => {
    const run = current.get(summary.id);
    const definition = run && plan.definitions.get(run.schemaVersionId);
    if (!run || !definition) return { id: summary.id, missing: 'It was extracted again during the export.' };
    return {
      ...summary,
      documents: documentsBySession.get(summary.id) ?? [],
      failedPages: pagesByRun.get(run.runId) ?? [],
      accounts: accountsByRun.get(run.runId) ?? [],
      definition,
    };
  });
}

/** By session. */
async function currentRuns(db: Executor, ids: readonly string[]) {
  const rows = await db
    .select({ sessionId: sessions.id, runId: runs.id, schemaVersionId: runs.schemaVersionId })
    .from(sessions)
    .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
    .where(inArray(sessions.id, [...ids]));
  return new Map(rows.map(({ sessionId, ...run }) => [sessionId, run]));
}

async function readDocuments(db: Executor, sessionIds: readonly string[]) {
  const rows = await db
    .select()
    .from(documents)
    .where(inArray(documents.sessionId, [...sessionIds]))
    .orderBy(...documentOrder);
  const bySession = Map.groupBy(rows, ({ sessionId }) => sessionId);
  return new Map([...bySession].map(([id, own]) => [id, own.map(documentOf)]));
}

function documentOf(row: typeof documents.$inferSelect) {
  const { id, name, sha256, type, status, pages_total, pages_failed, failure } = toDocumentSummary(row);
  return { id, name, sha256, type, status, pages_total, pages_failed, failure };
}

async function readFailedPages(db: Executor, runIds: readonly string[]) {
  const rows = await db
    .select()
    .from(pages)
    .where(and(inArray(pages.runId, [...runIds]), eq(pages.status, 'failed')))
    .orderBy(asc(pages.documentId), asc(pages.pageNum));
  const byRun = Map.groupBy(rows, ({ runId }) => runId);
  return new Map([...byRun].map(([id, own]) => [id, own.map(failedPageOf)]));
}

function failedPageOf({ documentId, pageNum, failureReason, failureMessage }: typeof pages.$inferSelect) {
  const reason = failureReason ?? 'internal';
  const failure = { reason, message: failureMessage ?? failures[reason].message };
  return { document_id: documentId, page_num: pageNum, failure };
}

async function readAccounts(db: Executor, runIds: readonly string[]) {
  const found = await db
    .select({ ...accountColumns, runId: accounts.runId })
    .from(accounts)
    .innerJoin(documents, eq(documents.id, accounts.documentId))
    .where(inArray(accounts.runId, [...runIds]))
    .orderBy(...documentOrder, asc(accounts.accountIndex));
  const values = await db
    .select()
    .from(fieldValues)
    .where(and(inArray(fieldValues.runId, [...runIds]), eq(fieldValues.isDeleted, false)))
    .orderBy(asc(fieldValues.position));
  const keyOf = (row: { runId: string; documentId: string; accountIndex: number }) =>
    `${row.runId}/${row.documentId}/${row.accountIndex}`;
  const byAccount = Map.groupBy(values, keyOf);
  const byRun = Map.groupBy(found, ({ runId }) => runId);
  return new Map(
    [...byRun].map(([id, own]) => [
      id,
      own.map((account) => exportedAccount(account, byAccount.get(keyOf(account)) ?? [])),
    ]),
  );
}

function exportedAccount(
  account: Parameters<typeof toAccountView>[0],
  rows: readonly (typeof fieldValues.$inferSelect)[],
) {
  return { ...toAccountView(account, rows), leaves: rows.flatMap((row) => row.leaves) };
}
