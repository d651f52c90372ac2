import { type SessionFilter, type SessionPage, listQuery } from '#lib/core/contract/sessions.ts';
import { eq, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import { schemas, sessions } from '#lib/db/tables/sessions.ts';
import { findSessions } from '../search/find.ts';
import { foundBy } from '../search/search-index.ts';
import { summarise } from './summary.ts';

/** The newest sessions under a filter, a page at a time. */
export async function listSessions(
  { db }: { db: Executor },
  query: z.input<typeof listQuery> = {},
): Promise<SessionPage> {
  const { cursor, limit, ...filter } = listQuery.parse(query);
  const { ids, count } = await findSessions(db, filter, { limit: limit + 1, cursor });
  const shown = ids.slice(0, limit);
  const sessions = await summarise(db, shown);
  return {
    sessions: sessions.toSorted((a, b) => (a.id < b.id ? 1 : -1)),
    next_cursor: ids.length > limit ? (shown.at(-1) ?? null) : null,
    count,
  };
}

/** What a filter asks of a session, for a query of sessions with their schemas. */
export function filterConditions({ q, status, schema }: SessionFilter): SQL[] {
  const asked = [status && eq(sessions.status, status), schema && eq(schemas.slug, schema), q && foundBy(q)];
  return asked.filter((condition) => condition !== undefined && condition !== '');
}
