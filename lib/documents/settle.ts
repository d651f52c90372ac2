import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, sessions, type Waiting } from '#lib/db/tables/sessions.ts';
import type { Failure } from '#lib/core/failures.ts';
import type { DocumentJob } from '#lib/queue/documents.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';
import { runningDocumentStatuses } from '#lib/core/lifecycle.ts';
import { type CarryAccounts, saveResult, type DocumentResult } from '#lib/results/save.ts';
import { changedSince, isBudgetReason } from '#lib/usage/budget.ts';
import { giveUp } from './claim.ts';
import { type Claim, fenced } from '#lib/lifecycle/claim.ts';
import { lockDocuments } from '../lifecycle/lock.ts';
import { type DocumentProgress, writeProgress } from './progress.ts';
import { moveDocuments, requeueDocuments } from '../lifecycle/documents.ts';

type SettleContext = Pick<Context, 'db' | 'queue' | 'actor'>;

/** The document is done: its values, its rows, its job and its session's state in one transaction. */
export async function completeDocument(
  context: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  result: DocumentResult,
  carry?: CarryAccounts,
): Promise<void> {
  await endDocument(context, claim, progress, async (tx) => {
    await saveResult(tx, claim, result, carry);
    await moveDocuments(tx, [claim.documentId], 'complete');
  });
}

/** The document cannot be done; what was done of it so far is kept. */
export async function failDocument(
  context: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  failure: Failure,
): Promise<void> {
  const changes = { failureReason: failure.reason, failureMessage: failure.message };
  await endDocument(context, claim, progress, (tx) => moveDocuments(tx, [claim.documentId], 'fail', changes));
}

async function endDocument(
  { db, queue, actor }: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  end: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await fenced(db, claim, async (tx) => {
    await writeProgress(tx, claim, progress);
    await end(tx);
    await queue.settle(tx, claim.job);
    await refreshSession({ tx, actor }, claim.sessionId);
  });
}

/**
 * The document goes back to the queue, at once or at `asked.until`, and holds no slot meanwhile.
 * It is a new job, so it counts as no lost worker.
 */
export async function returnToQueue(
  { db, queue, actor }: SettleContext,
  claim: Claim,
  progress: DocumentProgress,
  asked: Waiting | null,
): Promise<void> {
  await fenced(db, claim, async (tx) => {
    await writeProgress(tx, claim, progress);
    // A budget that was changed since it was asked may allow more now.
    const budgetRaised = asked && isBudgetReason(asked.reason) && (await changedSince(tx, claim.claimedAt));
    const waiting = budgetRaised ? null : asked;
    const priority = await priorityOf(tx, claim);
    const options = waiting ? { priority, startAfter: new Date(waiting.until), changes: { waiting } } : { priority };
    await requeueDocuments({ tx, queue }, [claim.documentId], waiting ? 'wait' : 'requeue', options);
    await queue.settle(tx, claim.job);
    await refreshSession({ tx, actor }, claim.sessionId);
  });
}

/** As it is now: it may have been changed since the claim. */
async function priorityOf(tx: Transaction, { sessionId, priority }: Claim): Promise<number> {
  const [session] = await tx.select({ priority: sessions.priority }).from(sessions).where(eq(sessions.id, sessionId));
  return session?.priority ?? priority;
}

/** Settles the row of a job that the queue itself gave up. */
export async function failDeadJob(context: SettleContext, job: DocumentJob): Promise<void> {
  await giveUpJob(context, job, 'worker_lost', (tx) => context.queue.settleDead(tx, job));
}

/** Fails the document of a job that no worker could work on, for a fault of ours. */
export async function failJob(context: SettleContext, job: DocumentJob): Promise<void> {
  await giveUpJob(context, job, 'internal', (tx) => context.queue.settle(tx, job));
}

async function giveUpJob(
  { db, actor }: SettleContext,
  job: DocumentJob,
  reason: 'worker_lost' | 'internal',
  settleJob: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [document] = await lockDocuments(tx, eq(documents.id, job.documentId));
    if (document && runningDocumentStatuses.includes(document.status)) {
      await giveUp({ tx, actor }, document, reason);
    }
    await settleJob(tx);
  });
}
