import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/lifecycle/lock.ts';
import { forgetFile } from '#lib/files/sweep.ts';
import { isId } from '#lib/id.ts';
import { record } from '#lib/events.ts';
import { commandWorkers } from '#lib/workers/commands.ts';
import { unknownSession } from '#lib/core/errors.ts';

/**
 * Deletes a session with its documents, runs and values. Running work is told to stop. What was remembered of its
 * files goes too, unless another document has the same file; the files themselves go with the sweeper.
 * @throws RequestError 404
 */
export async function deleteSession(
  context: Pick<Context, 'db' | 'queue' | 'storage' | 'log' | 'actor'>,
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
async function deleteRows(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  id: string,
): Promise<Set<string>> {
  if (!isId(id)) throw unknownSession(id);
  return db.transaction(async (tx) => {
    const owned = await lockDocuments(tx, eq(documents.sessionId, id));
    const [deleted] = await tx.delete(sessions).where(eq(sessions.id, id)).returning({ run: sessions.run });
    if (!deleted) throw unknownSession(id);
    await queue.withdraw(
      tx,
      owned.flatMap(({ jobId }) => jobId ?? []),
    );
    await commandWorkers(tx, { kind: 'stop', sessionId: id });
    await record(tx, { type: 'session.deleted', sessionId: id, run: deleted.run, actor });
    return new Set(owned.map(({ sha256 }) => sha256));
  });
}
