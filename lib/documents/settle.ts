import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, sessions, type Waiting } from '#lib/db/tables/sessions.ts';
import type { Failure } from '#lib/core/failures.ts';
import type { DocumentJob } from '#lib/queue/documents.ts';
import { refreshSession } from '#lib/sessions/refresh.ts';
import { runningDocumentStatuses } from '#lib/core/lifecycle.ts';
import { type CarryAccounts, saveResult, type DocumentResult } from '#lib/results/save.ts';
import { changedSince, isBudgetReason } from '#lib/usage/budget.ts';
import { type Claim, fenced, giveUp } from './claim.ts';
import { lockDocuments } from './lock.ts';
import { type DocumentProgress, writeProgress } from './progress.ts';

type SettleContext = Pick<Context, 'db' | 'queue'>;

/** The document is done: its values, its rows, its job and its session's state in one transaction. */
export async function completeDocument(
  context: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  result: DocumentResult,
  carry?: CarryAccounts,
): Promise<void> {
  const changes = { status: 'completed', progress: 100, lostAttempts: 0 } as const;
  await endDocument(context, claim, progress, changes, (tx) => saveResult(tx, claim, result, carry));
}

/** The document cannot be done; what was done of it so far is kept. */
export async function failDocument(
  context: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  failure: Failure,
): Promise<void> {
  const changes = { status: 'failed', failureReason: failure.reason, failureMessage: failure.message } as const;
  await endDocument(context, claim, progress, changes);
}

async function endDocument(
  { db, queue }: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  changes: Partial<typeof documents.$inferInsert>,
  alsoWrite: (tx: Transaction) => Promise<void> = async () => undefined,
): Promise<void> {
  await fenced(db, claim, async (tx) => {
    await writeProgress(tx, claim, progress);
    await alsoWrite(tx);
    await tx
      .update(documents)
      .set({ ...changes, waiting: null, sealedPassword: null, finishedAt: new Date() })
      .where(eq(documents.id, claim.documentId));
    await queue.settle(tx, claim.job);
    await refreshSession(tx, claim.sessionId);
  });
}

/**
 * The document goes back to the queue, at once or at `asked.until`, and holds no slot meanwhile.
 * It is a new job, so it counts as no lost worker.
 */
export async function handBack(
  { db, queue }: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  asked: Waiting | null,
): Promise<void> {
  await fenced(db, claim, async (tx) => {
    await writeProgress(tx, claim, progress);
    // A budget that was changed since it was asked may allow more now.
    const budgetRaised = asked && isBudgetReason(asked.reason) && (await changedSince(tx, claim.claimedAt));
    const waiting = budgetRaised ? null : asked;
    const startAfter = waiting ? { startAfter: new Date(waiting.until) } : {};
    const priority = await priorityOf(tx, claim);
    const [jobId] = await queue.enqueue(tx, [{ documentId: claim.documentId, priority, ...startAfter }]);
    await tx
      .update(documents)
      .set({ jobId: jobId ?? null, waiting, ...(waiting ? {} : { status: 'queued' as const }) })
      .where(eq(documents.id, claim.documentId));
    await queue.settle(tx, claim.job);
    await refreshSession(tx, claim.sessionId);
  });
}

/** As it is now: it may have been changed since the claim. */
async function priorityOf(tx: Transaction, { sessionId, priority }: Claim): Promise<number> {
  const [session] = await tx.select({ priority: sessions.priority }).from(sessions).where(eq(sessions.id, sessionId));
  return session?.priority ?? priority;
}

/** Settles the row of a job that the queue itself gave up. */
export async function buryDocument(context: SettleContext, job: DocumentJob): Promise<void> {
  await giveUpJob(context, job, 'worker_lost', (tx) => context.queue.settleDead(tx, job));
}

/** Fails the document of a job that no worker could work on, for a fault of ours. */
export async function failJob(context: SettleContext, job: DocumentJob): Promise<void> {
  await giveUpJob(context, job, 'internal', (tx) => context.queue.settle(tx, job));
}

async function giveUpJob(
  { db }: SettleContext,
  job: DocumentJob,
  reason: 'worker_lost' | 'internal',
  settleJob: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [document] = await lockDocuments(tx, eq(documents.id, job.documentId));
    if (document && runningDocumentStatuses.includes(document.status)) {
      await giveUp(tx, document.id, document.sessionId, reason);
    }
    await settleJob(tx);
  });
}
