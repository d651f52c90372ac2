import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/documents/lock.ts';
import { failures } from '#lib/core/failures.ts';
import { isId } from '#lib/id.ts';
import { notifyChanged, orderWorkers } from '#lib/events.ts';
import { unknownSession } from './get.ts';
import { moveSession } from './transition.ts';
import { documentTransitions } from '../core/lifecycle.ts';

/**
 * Stops a session: what is done is kept, what waits is taken from the queue, what runs is told to stop.
 * @throws RequestError 404, or 409 when it is not processing.
 */
export async function cancelSession({ db, queue }: Pick<Context, 'db' | 'queue'>, id: string): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const isRunning = inArray(documents.status, [...documentTransitions.cancel.from]);
    const stopped = await lockDocuments(tx, and(eq(documents.sessionId, id), isRunning));
    const ids = stopped.map((document) => document.id);
    await tx
      .update(documents)
      .set({
        status: 'cancelled',
        waiting: null,
        sealedPassword: null,
        failureReason: 'cancelled',
        failureMessage: failures.cancelled.message,
        finishedAt: new Date(),
      })
      .where(inArray(documents.id, ids));
    await moveSession(tx, id, 'cancel', {
      waiting: null,
      partial: true,
      failureReason: 'cancelled',
      failureMessage: failures.cancelled.message,
      finishedAt: new Date(),
    });
    await queue.withdraw(
      tx,
      stopped.flatMap(({ jobId }) => jobId ?? []),
    );
    await orderWorkers(tx, { kind: 'stop', sessionId: id });
    await notifyChanged(tx, [id]);
  });
}
