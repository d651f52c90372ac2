import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/lifecycle/lock.ts';
import { moveDocuments } from '#lib/lifecycle/documents.ts';
import { failures } from '#lib/core/failures.ts';
import { isId } from '#lib/id.ts';
import { commandWorkers } from '#lib/workers/commands.ts';
import { moveSession } from '../lifecycle/sessions.ts';
import { documentTransitions } from '../core/lifecycle.ts';
import { unknownSession } from '#lib/core/errors.ts';

/**
 * Stops a session: what is done is kept, what waits is taken from the queue, what runs is told to stop.
 * @throws RequestError 404, or 409 when it is not processing.
 */
export async function cancelSession(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  id: string,
): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const isRunning = inArray(documents.status, [...documentTransitions.cancel.from]);
    const stopped = await lockDocuments(tx, and(eq(documents.sessionId, id), isRunning));
    const ids = stopped.map((document) => document.id);
    const outcome = { failureReason: 'cancelled', failureMessage: failures.cancelled.message } as const;
    await moveDocuments(tx, ids, 'cancel', outcome);
    await moveSession({ tx, actor }, id, 'cancel', {
      ...outcome,
      waiting: null,
      partial: true,
      finishedAt: new Date(),
    });
    await queue.withdraw(
      tx,
      stopped.flatMap(({ jobId }) => jobId ?? []),
    );
    await commandWorkers(tx, { kind: 'stop', sessionId: id });
  });
}
