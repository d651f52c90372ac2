import { and, eq, gt, inArray, or } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/lifecycle/lock.ts';
import { requeueDocuments } from '#lib/lifecycle/documents.ts';
import { isId } from '#lib/id.ts';
import { refreshSession } from '../lifecycle/refresh.ts';
import { moveSession, workedOnAgain } from '../lifecycle/sessions.ts';
import { unknownSession } from '#lib/core/errors.ts';

/**
 * Does again what failed or was cancelled, and nothing else: documents without a result, and those with failed pages,
 * of which only those pages are missing from memory.
 * @throws RequestError 404, or 409 when there is nothing to retry.
 */
export async function retrySession(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  id: string,
): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const isMissing = or(
      inArray(documents.status, ['failed', 'cancelled']),
      and(eq(documents.status, 'completed'), gt(documents.pagesFailed, 0)),
    );
    const missing = await lockDocuments(tx, and(eq(documents.sessionId, id), isMissing));
    const { priority } = await moveSession({ tx, actor }, id, 'retry', workedOnAgain);
    const ids = missing.map((document) => document.id);
    await requeueDocuments({ tx, queue }, ids, 'retry', { priority });
    await refreshSession({ tx, actor }, id);
  });
}
