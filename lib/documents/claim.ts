import { type Claim, fenced } from '#lib/lifecycle/claim.ts';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Acting, Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, files, runs, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { failures } from '#lib/core/failures.ts';
import type { DocumentJob } from '#lib/queue/documents.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';
import { runningDocumentStatuses } from '#lib/core/lifecycle.ts';
import { countLostWorkers } from '#lib/workers/registry.ts';
import { moveDocuments } from '../lifecycle/documents.ts';

/** A document is given up after so many workers in a row were lost without anything newly remembered. */
const maxLostWorkers = 3;
/** Where at least so many times as many workers were lost of late, something else ends them: the document is not blamed. */
const othersLost = 2;
/** Whatever else ends workers, no document may go on for ever. */
const lostForSure = 12;

/**
 * Takes the next attempt of a job's document. null when there is nothing to do any more (cancelled, deleted, handed
 * to another job); the job is settled then.
 */
export async function claimDocument(
  { db, queue }: Pick<Context, 'db' | 'queue'>,
  job: DocumentJob,
): Promise<Claim | null> {
  return db.transaction(async (tx) => {
    const [taken] = await tx
      .update(documents)
      .set({
        attempt: sql`${documents.attempt} + 1`,
        startedAt: sql`coalesce(${documents.startedAt}, now())`,
        waiting: null,
      })
      .where(
        and(
          eq(documents.id, job.documentId),
          eq(documents.jobId, job.id),
          inArray(documents.status, [...runningDocumentStatuses]),
        ),
      )
      .returning()
      .prepare('claim_document')
      .execute();
    if (!taken) {
      await queue.settle(tx, job);
      return null;
    }
    return toClaim(tx, job, taken);
  });
}

async function toClaim(tx: Transaction, job: DocumentJob, taken: typeof documents.$inferSelect): Promise<Claim> {
  const [run] = await tx
    .select({
      runId: runs.id,
      claimedAt: sql<string>`now()`,
      engine: runs.engine,
      model: runs.model,
      priority: sessions.priority,
      schemaId: schemaVersions.schemaId,
      definition: schemaVersions.definition,
      cacheEpoch: files.cacheEpoch,
    })
    .from(sessions)
    .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
    .innerJoin(schemaVersions, eq(schemaVersions.id, runs.schemaVersionId))
    .innerJoin(files, eq(files.sha256, taken.sha256))
    .where(eq(sessions.id, taken.sessionId))
    .prepare('claim_run')
    .execute();
  if (!run) throw new Error(`document ${taken.id} has no run`);
  const { id: documentId, sessionId, attempt, name, sha256, type, generation, stageStates } = taken;
  const { movedPages, pageGenerations, sealedPassword } = taken;
  const people = { movedPages: movedPages ?? [], pageGenerations: pageGenerations ?? {}, sealedPassword };
  const fence = { job, documentId, sessionId, attempt };
  return { ...fence, name, sha256, type, generation, stageStates, ...people, ...run };
}

/**
 * Counts the lost worker of the claim before against this document, now that it is its turn. false when it is one too
 * many: the document is given up then, and its job settled. Where workers are lost all the time, with other documents too,
 * it takes longer.
 * @throws ClaimLost
 */
export async function countLost(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  claim: Claim,
): Promise<boolean> {
  return fenced(db, claim, async (tx) => {
    const [counted] = await tx
      .update(documents)
      .set({ lostAttempts: sql`${documents.lostAttempts} + 1` })
      .where(eq(documents.id, claim.documentId))
      .returning({ lostAttempts: documents.lostAttempts });
    if (!counted || counted.lostAttempts < maxLostWorkers) return true;
    const isOneOfMany = (await countLostWorkers(tx)) > othersLost * counted.lostAttempts;
    if (isOneOfMany && counted.lostAttempts < lostForSure) return true;
    await giveUp({ tx, actor }, { id: claim.documentId, sessionId: claim.sessionId });
    await queue.settle(tx, claim.job);
    return false;
  });
}

/** Marks a document as failed, whoever has it: as lost when `reason` says nothing else. Its session may end with it. */
export async function giveUp(
  { tx, actor }: Acting,
  document: { id: string; sessionId: string },
  reason: 'worker_lost' | 'internal' = 'worker_lost',
): Promise<void> {
  await moveDocuments(tx, [document.id], 'fail', {
    failureReason: reason,
    failureMessage: failures[reason].message,
  });
  await refreshSession({ tx, actor }, document.sessionId);
}
