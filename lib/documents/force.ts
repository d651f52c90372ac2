import { eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isId } from '#lib/id.ts';
import { refreshSession } from '#lib/sessions/refresh.ts';
import { stages } from '#lib/core/lifecycle.ts';
import { untouchedStages } from '#lib/core/initial-stages.ts';
import { unknownDocument } from './get.ts';
import { lockDocuments } from './lock.ts';

/** Before all that is high: somebody asks for this very document. */
const frontOfQueue = -1;

/**
 * Has a document processed now, before all others, also when it is completed: from what is remembered, or all of it
 * anew with `fresh`. One that is being worked on goes on as it is.
 * @throws RequestError 404; 409 when its session is verified
 */
export async function forceDocument(
  { db, queue }: Pick<Context, 'db' | 'queue'>,
  id: string,
  options: { fresh: boolean },
): Promise<void> {
  if (!isId(id)) throw unknownDocument(id);
  await db.transaction(async (tx) => {
    const [document] = await lockDocuments(tx, eq(documents.id, id));
    if (!document) throw unknownDocument(id);
    const isWorkedOn = stages.some((stage) => stage === document.status) && !document.waiting;
    if (isWorkedOn && !options.fresh) return;
    await reopen(tx, document.sessionId);
    if (document.jobId) await queue.withdraw(tx, [document.jobId]);
    const [jobId] = await queue.enqueue(tx, [{ documentId: id, priority: frontOfQueue }]);
    await tx
      .update(documents)
      .set({
        status: 'queued',
        // Whoever works on it is stopped by the fence.
        attempt: sql`${documents.attempt} + 1`,
        jobId: jobId ?? null,
        generation: options.fresh ? sql`${documents.generation} + 1` : documents.generation,
        stageStates: untouchedStages,
        lostAttempts: 0,
        progress: 0,
        waiting: null,
        failureReason: null,
        failureMessage: null,
        finishedAt: null,
      })
      .where(eq(documents.id, id));
    await refreshSession(tx, document.sessionId);
  });
}

/** The session is processing again; what people verified is not touched behind their backs. */
async function reopen(tx: Transaction, sessionId: string): Promise<void> {
  const moved = await tx
    .update(sessions)
    .set({ status: 'processing', failureReason: null, failureMessage: null, finishedAt: null })
    .where(
      sql`${eq(sessions.id, sessionId)} and ${inArray(sessions.status, ['processing', 'in_progress', 'failed', 'cancelled'])}`,
    )
    .returning({ id: sessions.id });
  if (moved.length === 0) {
    throw new RequestError('conflict', 'verified', 'The session of this document is verified: reopen it first');
  }
}
