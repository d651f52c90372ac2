import { eq, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isId } from '#lib/id.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';
import { moveSession, workedOnAgain } from '#lib/lifecycle/sessions.ts';
import { stages } from '#lib/core/lifecycle.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import { unknownDocument } from './get.ts';
import { lockDocuments } from '../lifecycle/lock.ts';
import { requeueDocuments } from '../lifecycle/documents.ts';

/** Before all that is high: someone asks for this very document. */
const frontOfQueue = -1;

/**
 * Has a document processed now, before all others, also when it is completed: from what is remembered, or all of it
 * again with `fresh`. One that is being worked on continues as it is.
 * @throws RequestError 404; 409 when its session is verified
 */
export async function forceDocument(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  { id, fresh }: { id: string; fresh: boolean },
): Promise<void> {
  if (!isId(id)) throw unknownDocument(id);
  await db.transaction(async (tx) => {
    const [document] = await lockDocuments(tx, eq(documents.id, id));
    if (!document) throw unknownDocument(id);
    const isWorkedOn = stages.some((stage) => stage === document.status) && !document.waiting;
    if (isWorkedOn && !fresh) return;
    await refuseVerified(tx, document.sessionId);
    await moveSession({ tx, actor }, document.sessionId, 'force', workedOnAgain, id);
    if (document.jobId) await queue.withdraw(tx, [document.jobId]);
    await requeueDocuments({ tx, queue }, [id], 'force', {
      priority: frontOfQueue,
      changes: {
        // Whoever works on it is stopped by the fence.
        attempt: sql`${documents.attempt} + 1`,
        ...(fresh && { generation: sql`${documents.generation} + 1` }),
        stageStates: initialStages,
      },
    });
    await refreshSession({ tx, actor }, document.sessionId);
  });
}

/** What people verified is not changed behind their backs. */
async function refuseVerified(tx: Transaction, sessionId: string): Promise<void> {
  const [session] = await tx
    .select({ status: sessions.status })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    .for('no key update');
  if (session?.status !== 'verified') return;
  throw new RequestError('conflict', 'verified', 'The session of this document is verified: reopen it first');
}
