import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { eq } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { documentOrder, documents, sessions } from '#lib/db/tables/sessions.ts';
import { unknownSession } from '#lib/core/errors.ts';
import { isId } from '#lib/id.ts';
import { selectSessions, toSessionSummary } from './summary.ts';
import { toDocumentSummary } from '#lib/documents/summary.ts';

/** @throws RequestError `unknown_session` (404), also for a malformed id. */
export async function getSession({ db }: { db: Executor }, id: string): Promise<SessionDetail> {
  const [row] = isId(id) ? await selectSessions(db).where(eq(sessions.id, id)) : [];
  if (!row) throw unknownSession(id);
  const rows = await db
    .select()
    .from(documents)
    .where(eq(documents.sessionId, id))
    .orderBy(...documentOrder);
  return { ...toSessionSummary(row), documents: rows.map(toDocumentSummary) };
}
