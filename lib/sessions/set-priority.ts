import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/lifecycle/lock.ts';
import type { Priority } from '#lib/core/schema/definition.ts';
import { isId } from '#lib/id.ts';
import { notifyChanged } from '#lib/events.ts';
import { commandWorkers } from '#lib/workers/commands.ts';
import { priorityNumber } from '#lib/core/fields/choices.ts';
import { unknownSession } from '#lib/core/errors.ts';

/**
 * Gives a session another priority: its waiting documents move in the queue, its waiting pages in the lanes of the
 * workers that have them. A document that somebody forced stays before all.
 * @throws RequestError 404
 */
export async function setPriority(
  { db, queue }: Pick<Context, 'db' | 'queue'>,
  { id, priority }: { id: string; priority: Priority },
): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  const number = priorityNumber(priority);
  await db.transaction(async (tx) => {
    // A document that is claimed or handed back just now is so before this, or with the new priority.
    const owned = await lockDocuments(tx, eq(documents.sessionId, id));
    const changed = await tx
      .update(sessions)
      .set({ priority: number })
      .where(eq(sessions.id, id))
      .returning({ id: sessions.id });
    if (changed.length === 0) throw unknownSession(id);
    await queue.reprioritise(
      tx,
      owned.flatMap(({ jobId }) => jobId ?? []),
      number,
    );
    await commandWorkers(tx, { kind: 'priority', sessionId: id, priority: number });
    await notifyChanged(tx, [id]);
  });
}
