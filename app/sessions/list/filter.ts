import type { SessionFilter, SessionSummary } from '#lib/core/contract/sessions.ts';

/** A filter as the parameters of `GET /api/sessions`, always in the same order. */
export function filterQuery({ status, schema, q }: SessionFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ status, schema, q })) if (value) query.set(key, value);
  return query;
}

/** The address of a page of the list; also what it is cached under. */
export function listUrl(filter: SessionFilter, cursor?: string | null): string {
  const query = filterQuery(filter);
  if (cursor) query.set('cursor', cursor);
  return query.size > 0 ? `/api/sessions?${query}` : '/api/sessions';
}

/**
 * Whether a session belongs into the list, as far as a browser can tell. A text may be found in its values, which only the
 * server knows: a session that it listed stays.
 */
export function matches({ status, schema, q }: SessionFilter, session: SessionSummary, isListed: boolean): boolean {
  if (status && session.status !== status) return false;
  if (schema && session.schema.slug !== schema) return false;
  return !q || isListed || session.name.toLowerCase().includes(q.toLowerCase());
}
