import type { SessionFilter } from '#lib/sessions/list.ts';
import type { SessionSummary } from '#lib/sessions/summary.ts';

/** The address of a page of the list; also what it is cached under. */
export function listUrl({ status, schema, q }: SessionFilter, cursor?: string | null): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ status, schema, q, cursor })) if (value) query.set(key, value);
  return query.size > 0 ? `/api/sessions?${query}` : '/api/sessions';
}

/** Whether a session belongs into the list, as the server decides it. */
export function matches({ status, schema, q }: SessionFilter, session: SessionSummary): boolean {
  if (status && session.status !== status) return false;
  if (schema && session.schema.slug !== schema) return false;
  return !q || session.name.toLowerCase().includes(q.toLowerCase());
}
