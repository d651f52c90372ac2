import { eq, inArray } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { unknownSession } from './get.ts';

/** Puts ended documents of a session back into the queue, at its priority; what is remembered of them is found again. */
export async function requeueDocuments(
  { tx, queue }: { tx: Transaction; queue: Context['queue'] },
  sessionId: string,
  documentIds: readonly string[],
): Promise<void> {
  const [session] = await tx.select({ priority: sessions.priority }).from(sessions).where(eq(sessions.id, sessionId));
  if (!session) throw unknownSession(sessionId);
  const jobIds = await queue.enqueue(
    tx,
    documentIds.map((documentId) => ({ documentId, priority: session.priority })),
  );
  if (documentIds.length === 0) return;
  await tx
    .update(documents)
    .set({
      status: 'queued',
      lostAttempts: 0,
      progress: 0,
      waiting: null,
      failureReason: null,
      failureMessage: null,
      finishedAt: null,
    })
    .where(inArray(documents.id, [...documentIds]));
  for (const [index, id] of documentIds.entries()) {
    await tx
      .update(documents)
      .set({ jobId: jobIds[index] ?? null })
      .where(eq(documents.id, id));
  }
}
