import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { type DocumentTransition, documentTransitions, type StageName } from '#lib/core/lifecycle.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import type { Queue } from '#lib/queue/open.ts';

export type DocumentChanges = Omit<PgUpdateSetSource<typeof documents>, 'status'>;
type NewDocument = Omit<typeof documents.$inferInsert, 'status'>;

/** A document that is done again from the start: nothing of its last outcome is left. */
const notBegun = {
  progress: 0,
  lostAttempts: 0,
  waiting: null,
  failureReason: null,
  failureMessage: null,
  startedAt: null,
  finishedAt: null,
} as const;
/** A document that has ended needs its password no more. */
const over = { waiting: null, sealedPassword: null, finishedAt: sql`now()` } as const;

/** What a transition changes besides the state. */
const alsoChanged = {
  stage: { waiting: null },
  complete: { ...over, progress: 100, lostAttempts: 0 },
  fail: over,
  cancel: over,
  requeue: { waiting: null },
  wait: {},
  retry: notBegun,
  reextract: notBegun,
  rearrange: notBegun,
  give_password: notBegun,
  force: notBegun,
} as const satisfies Record<Exclude<DocumentTransition, 'create'>, DocumentChanges>;

type Move = Exclude<DocumentTransition, 'create' | 'stage'>;

/** Writes new documents, in their first state. */
export async function insertDocuments(tx: Transaction, rows: readonly NewDocument[]): Promise<void> {
  const { to: status } = documentTransitions.create;
  await tx.insert(documents).values(rows.map((row) => ({ ...row, status })));
}

/**
 * Moves documents, locked by the caller, along one transition: one conditional UPDATE whose result is checked.
 * @throws Error when one of them is in a state that does not allow it: the caller chose the wrong documents
 */
export async function moveDocuments(
  tx: Transaction,
  ids: readonly string[],
  transition: Move,
  changes: DocumentChanges = {},
): Promise<void> {
  if (ids.length === 0) return;
  const { from, to } = documentTransitions[transition];
  const { rowCount } = await tx
    .update(documents)
    .set({ ...alsoChanged[transition], ...changes, ...(to ? { status: to } : {}) })
    .where(and(inArray(documents.id, [...ids]), inArray(documents.status, [...from])));
  if (rowCount !== ids.length) {
    throw new Error(`${transition}: ${rowCount} of ${ids.length} documents were in a state that allows it`);
  }
}

/** Writes the stage that a running document is in. Nothing is written once it has ended. */
export async function moveToStage(
  tx: Transaction,
  id: string,
  stage: StageName,
  changes: DocumentChanges,
): Promise<void> {
  await tx
    .update(documents)
    .set({ ...alsoChanged.stage, ...changes, status: stage })
    .where(and(eq(documents.id, id), inArray(documents.status, [...documentTransitions.stage.from])));
}

/** Transitions after which a document is in the queue again, under a new job. */
type Requeue = 'retry' | 'reextract' | 'rearrange' | 'give_password' | 'force' | 'requeue' | 'wait';

export interface RequeueOptions {
  priority: number;
  /** When its job may be claimed; at once when absent. */
  startAfter?: Date;
  changes?: DocumentChanges;
}

/** Moves documents back to the queue: each gets a new job, and the one that it had no longer counts. */
export async function requeueDocuments(
  { tx, queue }: { tx: Transaction; queue: Pick<Queue, 'enqueue'> },
  ids: readonly string[],
  transition: Requeue,
  { priority, startAfter, changes }: RequeueOptions,
): Promise<void> {
  if (ids.length === 0) return;
  const jobs = ids.map((documentId) => ({ documentId, priority, ...(startAfter && { startAfter }) }));
  const jobIds = await queue.enqueue(tx, jobs);
  await moveDocuments(tx, ids, transition, changes);
  await tx.execute(sql`
    update documents set job_id = job.id
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(jobIds)}::uuid[]) as job (document_id, id)
    where documents.id = job.document_id`);
}
