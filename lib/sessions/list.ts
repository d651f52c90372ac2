import { and, desc, eq, ilike, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables.ts';
import { selectSessions, type SessionSummary, toSessionSummary } from './summary.ts';
import { sessionStatuses } from './status.ts';

/** Counting stops here: beyond it a list says `10,000+`. */
const countedAtMost = 10_000;

export const sessionFilterSchema = z.object({
  status: z.enum(sessionStatuses).optional(),
  /** A schema's slug. */
  schema: z.string().max(200).optional(),
  /** Part of a name, without regard to case. */
  q: z.string().max(200).optional(),
});
export type SessionFilter = z.output<typeof sessionFilterSchema>;

export const listQuerySchema = sessionFilterSchema.extend({
  cursor: z.uuid({ error: 'must be the next_cursor of an earlier answer' }).optional(),
  limit: z.coerce.number({ error: 'must be a number from 1 to 200' }).int().min(1).max(200).default(50),
});

export interface SessionPage {
  sessions: SessionSummary[];
  /** Give it as `cursor` for the next page; null at the end. */
  next_cursor: string | null;
  /** How many there are in all under this filter; `exact: false` means at least that many. */
  count: { number: number; exact: boolean };
}

/** The newest sessions under a filter, a page at a time. */
export async function listSessions(db: Executor, query: z.input<typeof listQuerySchema> = {}): Promise<SessionPage> {
  const { cursor, limit, ...filter } = listQuerySchema.parse(query);
  const matching = filterConditions(filter);
  const rows = await selectSessions(db)
    .where(and(...matching, cursor ? lt(sessions.id, cursor) : undefined))
    .orderBy(desc(sessions.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    sessions: shown.map(toSessionSummary),
    next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    count: await countSessions(db, matching),
  };
}

/** What a filter asks of a session, for a query of `selectSessions`. */
export function filterConditions({ status, schema, q }: SessionFilter): SQL[] {
  return [
    ...(status ? [eq(sessions.status, status)] : []),
    ...(schema ? [eq(schemas.slug, schema)] : []),
    ...(q ? [ilike(sessions.name, `%${q.replace(/[\\%_]/g, '\\$&')}%`)] : []),
  ];
}

async function countSessions(db: Executor, matching: SQL[]) {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(sessions)
    .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .where(and(...matching))
    .limit(countedAtMost + 1)
    .as('some');
  const [row] = await db.select({ number: sql<number>`count(*)::int` }).from(some);
  const number = row?.number ?? 0;
  return { number: Math.min(number, countedAtMost), exact: number <= countedAtMost };
}
