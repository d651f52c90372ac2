import type { History, HistoryEntry } from '#lib/core/contract/reviews.ts';
import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { edits } from '#lib/db/tables/reviews.ts';
import { usage } from '#lib/db/tables/installation.ts';
import { documentOrder, documents, runs, schemaVersions } from '#lib/db/tables/sessions.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import { getSession } from '#lib/sessions/get.ts';
import { reserved } from '#lib/usage/reserved.ts';
import type { EditState } from '../core/contract/edit-kinds.ts';

/** Edits told at most, the newest. */
const maxEdits = 2000;

/** What happened to a session, oldest first: its runs, what people did, and what calls of a model it took. @throws RequestError 404 */
export async function getHistory({ db }: Pick<Context, 'db'>, id: string): Promise<History> {
  await getSession({ db }, id);
  const made = await db
    .select({ run: runs, version: schemaVersions.version })
    .from(runs)
    .innerJoin(schemaVersions, eq(schemaVersions.id, runs.schemaVersionId))
    .where(eq(runs.sessionId, id));
  const done = await db.select().from(edits).where(eq(edits.sessionId, id)).orderBy(desc(edits.id)).limit(maxEdits);
  const entries: HistoryEntry[] = [
    ...made.map(({ run, version }) => ({
      kind: 'run' as const,
      at: run.createdAt.toISOString(),
      run: run.number,
      version,
      engine: run.engine,
      model: run.model,
      finished_at: run.finishedAt?.toISOString() ?? null,
    })),
    ...done.toReversed().map(toEntry),
  ];
  const owned = await db
    .select()
    .from(documents)
    .where(eq(documents.sessionId, id))
    .orderBy(...documentOrder);
  return {
    entries: entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    documents: owned.map(({ id: documentId, name, attempt, startedAt, finishedAt }) => ({
      id: documentId,
      name,
      attempts: attempt,
      started_at: startedAt?.toISOString() ?? null,
      finished_at: finishedAt?.toISOString() ?? null,
    })),
    calls: await callsOf(db, id),
  };
}

function toEntry(edit: typeof edits.$inferSelect): HistoryEntry {
  const { kind, run, changeId, documentId, accountIndex, valueId, path, before, after, reason, actor, createdAt } =
    edit;
  return {
    kind,
    at: createdAt.toISOString(),
    run,
    change_id: changeId,
    document_id: documentId,
    account_index: accountIndex,
    value_id: valueId,
    path,
    before: valuesOf(before),
    after: valuesOf(after),
    reason,
    actor,
  };
}

function valuesOf(state: EditState | null): (Scalar | null)[] | null {
  if (!state || !('leaves' in state) || state.isDeleted) return null;
  return state.leaves.map((leaf) => leaf.value);
}

async function callsOf(db: Executor, id: string): Promise<History['calls']> {
  const [sums] = await db
    .select({
      total: sql<number>`count(*)::int`,
      failed: sql<number>`count(*) filter (where ${usage.outcome} <> 'ok')::int`,
      tokens_in: sql<number>`coalesce(sum(${usage.tokensIn}), 0)::int`,
      tokens_out: sql<number>`coalesce(sum(${usage.tokensOut}), 0)::int`,
      cost_usd: sql<number>`coalesce(sum(${usage.costUsd}), 0)::float8`,
    })
    .from(usage)
    .where(and(eq(usage.sessionId, id), ne(usage.outcome, reserved)));
  return sums ?? { total: 0, failed: 0, tokens_in: 0, tokens_out: 0, cost_usd: 0 };
}
