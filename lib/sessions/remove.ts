import { eq } from 'drizzle-orm';
import type { Context } from '#lib/app-context.ts';
import { documents, sessions } from '#lib/db/tables.ts';
import { isId } from '#lib/id.ts';
import { notifyDeleted, orderWorkers } from '#lib/live.ts';
import { unknownSession } from './get.ts';

/**
 * Deletes a session with its documents, runs and values. Running work is told to stop.
 * Its files go with the sweeper, once nothing else refers to them.
 * @throws RequestError 404
 */
export async function removeSession({ db, queue }: Pick<Context, 'db' | 'queue'>, id: string): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const owned = await tx
      .select({ jobId: documents.jobId })
      .from(documents)
      .where(eq(documents.sessionId, id))
      .orderBy(documents.id)
      .for('update');
    const deleted = await tx.delete(sessions).where(eq(sessions.id, id)).returning({ id: sessions.id });
    if (deleted.length === 0) throw unknownSession(id);
    await queue.withdraw(
      tx,
      owned.flatMap(({ jobId }) => jobId ?? []),
    );
    await orderWorkers(tx, { kind: 'stop', sessionId: id });
    await notifyDeleted(tx, [id]);
  });
}
