import type { BulkCount, BulkOutcome, BulkRequest } from '#lib/core/contract/bulk.ts';
import { and, desc, eq, inArray, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import pMap from 'p-map';
import type { Context } from '#lib/context.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { priorities } from '#lib/core/schema/definition.ts';
import { cancelSession } from './cancel.ts';
import { countSessions } from '../search/find.ts';
import { deleteSession } from './delete.ts';
import { retrySession } from './retry.ts';
import { targetCondition } from './target.ts';
import { setPriority } from './set-priority.ts';

/** Sessions that one call changes, at most; the answer says where to go on. */
const batchSize = 100;
const concurrency = 4;
/** Refusals that one answer names. */
const maxNamed = 20;
const maxCounted = 10_000;

/**
 * Does one thing to many sessions, the newest first, each in a transaction of its own: at most 100 a call.
 * Sessions made meanwhile are not touched.
 */
export async function changeSessions(context: Context, request: BulkRequest): Promise<BulkOutcome> {
  const rows = await context.db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .where(and(conditionOf(request), request.cursor ? lt(sessions.id, request.cursor) : undefined))
    .orderBy(desc(sessions.id))
    .limit(batchSize + 1);
  const ids = rows.slice(0, batchSize).map(({ id }) => id);
  const refusals = await pMap(ids, (id) => changeOne(context, id, request), { concurrency });
  const refused = refusals.filter((refusal) => refusal !== null);
  return {
    done: ids.length - refused.length,
    skipped: refused.length,
    refusals: refused.slice(0, maxNamed),
    next_cursor: rows.length > batchSize ? (ids.at(-1) ?? null) : null,
  };
}

/** How many sessions the action would change. */
export async function countChanges({ db }: Pick<Context, 'db'>, request: BulkRequest): Promise<BulkCount> {
  const { action, filter } = request;
  if (filter && action === 'delete') return { count: await countSessions(db, filter), cost_usd: 0 };
  if (filter && action === 'cancel' && filter.status === undefined)
    return { count: await countSessions(db, { ...filter, status: 'processing' }), cost_usd: 0 };
  const missing = sql`greatest(${sessions.pagesTotal} - ${sessions.pagesProcessed}, 0)`;
  const some = db
    .select({ cost: sql`${sessions.costUsd} * ${missing} / nullif(${sessions.pagesProcessed}, 0)`.as('cost') })
    .from(sessions)
    .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .where(conditionOf(request))
    .limit(maxCounted + 1)
    .as('some');
  const [row] = await db
    .select({ number: sql<number>`count(*)::int`, cost: sql<number>`coalesce(sum(${some.cost}), 0)::float8` })
    .from(some);
  const { number = 0, cost = 0 } = row ?? {};
  return {
    count: { number: Math.min(number, maxCounted), exact: number <= maxCounted },
    cost_usd: action === 'retry' ? cost : 0,
  };
}

/** Named sessions are all tried, so that each refusal is told; under a filter only those that the action concerns. */
function conditionOf(request: BulkRequest): SQL | undefined {
  const { ids, filter = {} } = request;
  const target = targetCondition(ids ? { ids } : { filter });
  return ids && !request.dry_run ? target : and(target, applies(request));
}

function applies({ action, priority }: BulkRequest): SQL | undefined {
  switch (action) {
    case 'retry':
      return or(
        inArray(sessions.status, ['failed', 'cancelled']),
        and(eq(sessions.status, 'in_progress'), eq(sessions.partial, true)),
      );
    case 'cancel':
      return eq(sessions.status, 'processing');
    case 'priority':
      return ne(sessions.priority, priorities.indexOf(priority ?? 'normal'));
    case 'delete':
      return undefined;
  }
}

async function changeOne(context: Context, id: string, { action, priority }: BulkRequest) {
  try {
    if (action === 'retry') await retrySession(context, id);
    else if (action === 'cancel') await cancelSession(context, id);
    else if (action === 'delete') await deleteSession(context, id);
    else await setPriority(context, { id, priority: priority ?? 'normal' });
    return null;
  } catch (error) {
    if (error instanceof RequestError) return { id, message: error.message };
    throw error;
  }
}
