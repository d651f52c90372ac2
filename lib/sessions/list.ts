import { eq, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '#lib/db/client.ts';
import { schemas, sessions } from '#lib/db/tables/sessions.ts';
import { type Count, findSessions } from '../search/find.ts';
import { foundBy } from '../search/search-index.ts';
import { type SessionSummary, summarise } from './summary.ts';
import { sessionStatuses } from '../core/lifecycle.ts';
import { storableText } from '#lib/core/storable.ts';

export const sessionFilterSchema = z.object({
  status: z.enum(sessionStatuses).optional(),
  /** A schema's slug. */
  schema: storableText(200).optional(),
  /** Part of a name, or words of files and values, without regard to case. */
  q: storableText(200).optional(),
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
  count: Count;
}

/** The newest sessions under a filter, a page at a time. */
export async function listSessions(
  { db }: { db: Executor },
  query: z.input<typeof listQuerySchema> = {},
): Promise<SessionPage> {
  const { cursor, limit, ...filter } = listQuerySchema.parse(query);
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
