import { and, eq, gt, inArray, or } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/documents/lock.ts';
import { isId } from '#lib/id.ts';
import { unknownSession } from './get.ts';
import { refreshSession } from './refresh.ts';
import { requeueDocuments } from './requeue.ts';
import { moveSession } from './transition.ts';

/**
 * Does again what failed or was cancelled, and nothing else: documents without a result, and those with failed pages,
 * of which only those pages are missing from memory.
 * @throws RequestError 404, or 409 when there is nothing to retry.
 */
export async function retrySession({ db, queue }: Pick<Context, 'db' | 'queue'>, id: string): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const isMissing = or(
      inArray(documents.status, ['failed', 'cancelled']),
      and(eq(documents.status, 'completed'), gt(documents.pagesFailed, 0)),
    );
    const missing = await lockDocuments(tx, and(eq(documents.sessionId, id), isMissing));
    await moveSession(tx, id, 'retry', { failureReason: null, failureMessage: null, finishedAt: null });
    await requeueDocuments(
      { tx, queue },
      id,
      missing.map((document) => document.id),
    );
    await refreshSession(tx, id);
  });
}
