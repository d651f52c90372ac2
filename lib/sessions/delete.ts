import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/documents/lock.ts';
import { forgetFile } from '#lib/files/sweep.ts';
import { isId } from '#lib/id.ts';
import { notifyDeleted, orderWorkers } from '#lib/events.ts';
import { unknownSession } from './get.ts';

/**
 * Deletes a session with its documents, runs and values. Running work is told to stop. What was remembered of its
 * files goes too, unless another document has the same file; the files themselves go with the sweeper.
 * @throws RequestError 404
 */
export async function removeSession(
  context: Pick<Context, 'db' | 'queue' | 'storage' | 'log'>,
  id: string,
): Promise<void> {
  const files = await deleteRows(context, id);
  try {
    for (const sha256 of files) await forgetFile(context, sha256);
  } catch (error) {
    context.log.warn({ err: error, session: id }, 'what was remembered of deleted files is left to the sweeper');
  }
}

/** Gives the SHA-256s of the session's files. */
async function deleteRows({ db, queue }: Pick<Context, 'db' | 'queue'>, id: string): Promise<Set<string>> {
  if (!isId(id)) throw unknownSession(id);
  return db.transaction(async (tx) => {
    const owned = await lockDocuments(tx, eq(documents.sessionId, id));
    const deleted = await tx.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id });
    if (deleted.length === 0) throw unknownSession(id);
    await queue.withdraw(
      tx,
      owned.flatMap(({ jobId }) => jobId ?? []),
    );
    await orderWorkers(tx, { kind: 'stop', sessionId: id });
    await notifyDeleted(tx, [id]);
    return new Set(owned.map(({ sha256 }) => sha256));
  });
}
