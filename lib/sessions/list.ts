import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables.ts';
import { findings } from './search.ts';
import { selectSessions, type SessionSummary, toSessionSummary } from './summary.ts';
import { sessionStatuses } from './status.ts';

/** Counting stops here: beyond it a list says `10,000+`. */
const countedAtMost = 10_000;

export const sessionFilterSchema = z.object({
  status: z.enum(sessionStatuses).optional(),
  /** A schema's slug. */
  schema: z.string().max(200).optional(),
  /** Part of a name, or words of files and values, without regard to case. */
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
  const rows = await selectSessions(db)
    .where(inArray(sessions.id, newestIds(db, filter, limit + 1, cursor)))
    .orderBy(desc(sessions.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    sessions: shown.map(toSessionSummary),
    next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    count: await countSessions(db, filter),
  };
}

/** What a filter asks of a session, for a query of sessions with their schemas. */
export function filterConditions({ q, ...filter }: SessionFilter): SQL[] {
  const { byName, byWords } = q ? findings(q) : { byName: undefined, byWords: null };
  const found = byWords ? or(byName, byWords) : byName;
  return [...plainConditions(filter), ...(found ? [found] : [])];
}

function plainConditions({ status, schema }: Omit<SessionFilter, 'q'>): SQL[] {
  return [...(status ? [eq(sessions.status, status)] : []), ...(schema ? [eq(schemas.slug, schema)] : [])];
}

/**
 * The newest sessions under a filter, with at least the newest `limit` of them. A search asks for its two kinds of findings
 * apart: PostgreSQL then chooses for each between its index and the newest sessions, whichever ends sooner.
 */
function newestIds(db: Executor, { q, ...filter }: SessionFilter, limit: number, cursor?: string) {
  const conditions = [...plainConditions(filter), ...(cursor ? [lt(sessions.id, cursor)] : [])];
  const newest = (found?: SQL) =>
    db
      .select({ id: sessions.id })
      .from(sessions)
      .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
      .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
      .where(and(...conditions, found))
      .orderBy(desc(sessions.id))
      .limit(limit);
  if (!q) return newest();
  const { byName, byWords } = findings(q);
  return byWords ? union(newest(byName), newest(byWords)) : newest(byName);
}

/** How many sessions there are under a filter; beyond 10,000 only that there are as many. */
export async function countSessions(db: Executor, filter: SessionFilter): Promise<SessionPage['count']> {
  const some = newestIds(db, filter, countedAtMost + 1).as('some');
  const [row] = await db.select({ number: sql<number>`count(*)::int` }).from(some);
  const number = row?.number ?? 0;
  return { number: Math.min(number, countedAtMost), exact: number <= countedAtMost };
}
