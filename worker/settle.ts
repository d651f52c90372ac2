import type { Context } from '#lib/context.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { DocumentProgress } from '#lib/documents/progress.ts';
import { completeDocument, failDocument, returnToQueue } from '#lib/documents/settle.ts';
import { type Failure, failureOf } from '#lib/core/failures.ts';
import { ClaimLost } from '#lib/queue/documents.ts';
import type { CarryAccounts, DocumentResult } from '#lib/results/save.ts';
import { retryWrite, mayPass } from './document/retry-write.ts';
import type { WorkerServices } from './document/document-work.ts';

/** Every way in which work on a document can end. */
export type Outcome =
  | { kind: 'done'; result: DocumentResult; carry?: CarryAccounts }
  | { kind: 'later'; waiting: { reason: string; until: string } | null }
  | { kind: 'fail'; failure: Failure; cause: unknown }
  /** The document is no longer ours: nothing may be written. */
  | { kind: 'gone' };

/**
 * Writes how a document ended. An outage of the database is waited out; where anything else prevents the writing, another
 * worker would meet it too: the document fails at once. Never throws.
 */
export async function settle(
  context: Context,
  claim: Claim,
  progress: DocumentProgress,
  outcome: Outcome,
  log: WorkerServices['log'],
): Promise<void> {
  let failure = failureOf(null);
  const fail = (progress: DocumentProgress) => failDocument(context, claim, progress, failure);
  const attempts = [
    () => write(context, claim, progress, outcome),
    () => fail(progress),
    // What cannot be written may be about a page.
    () => fail({ ...progress, pageRows: [], pageAccountRows: [] }),
  ];
  for (const attempt of attempts) {
    try {
      return await retryWrite(attempt, log);
    } catch (error) {
      if (error instanceof ClaimLost) return log.warn('the document was taken over; nothing written');
      if (mayPass(error)) break;
      failure = failureOf(error);
      log.error({ err: error }, 'the outcome cannot be written: the document fails');
    }
  }
  log.error('the outcome was not written; another worker will take the document up');
}

async function write(context: Context, claim: Claim, progress: DocumentProgress, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      return completeDocument(context, claim, progress, outcome.result, outcome.carry);
    case 'fail':
      return failDocument(context, claim, progress, outcome.failure);
    case 'later':
      return returnToQueue(context, claim, progress, outcome.waiting);
    case 'gone':
      return;
  }
}
