import { sql } from 'drizzle-orm';
import type { PreparedQueryConfig } from 'drizzle-orm/pg-core';
import type { QueryResult } from 'pg';
import { fromDrizzle, type Db, type JobWithMetadata, type PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Executor, Transaction } from '#lib/db/client.ts';
import { newId } from '#lib/id.ts';
import { jobsChannel } from './channel.ts';

/** One job per document; its payload is the id and nothing else. */
const queueName = 'documents';
/** Where a job goes that the queue itself gave up; its handler settles our row. */
const deadQueueName = 'documents-dead';

/** The dead letter queue comes first: the other names it. */
export const documentQueues = [
  { name: deadQueueName, retryLimit: 1000, expireInSeconds: 3600 },
  {
    name: queueName,
    // We count attempts ourselves: nothing but our own rows gives a document up.
    retryLimit: 100_000,
    retryDelay: 0,
    expireInSeconds: 23 * 3600,
    heartbeatSeconds: 10,
    deleteAfterSeconds: 24 * 3600,
    retentionSeconds: 365 * 24 * 3600,
    deadLetter: deadQueueName,
  },
];

const maxCounted = 10_000;

const payload = z.object({ documentId: z.uuid() });

/** pg-boss 12.38 answers this and types it as an empty object. */
const commandResponse = z.object({
  affected: z.number(),
  settled: z
    .array(z.string())
    .nullish()
    .transform((ids) => ids ?? []),
});

/** The queue has given this claim to another worker: what this one still does must not be written. */
export class ClaimLost extends Error {
  override name = 'ClaimLost';
}

/** A claimed job. Settle it with this object: the queue refuses a claim that it has given to another. */
export interface DocumentJob {
  id: string;
  documentId: string;
  /** How often a claim of this job ended without being settled, which means that a worker was lost. */
  lost: number;
  attempt: { id: string; retryCount: number };
}

export interface DocumentToQueue {
  documentId: string;
  /** 0 high, 1 normal, 2 low. */
  priority: number;
  startAfter?: Date;
}

/** Delivery of documents to workers. The rows of our own tables are the truth; this only carries ids. */
export interface DocumentQueue {
  /** Adds one job per document inside the caller's transaction; gives the job ids in the same order. */
  enqueue(tx: Transaction, jobs: readonly DocumentToQueue[]): Promise<string[]>;
  /** Claims up to `limit` jobs, the most urgent first. `urgentOnly` leaves all but high priority to others. */
  claim(limit: number, options?: { urgentOnly?: boolean }): Promise<DocumentJob[]>;
  /** Claims jobs that the queue gave up. */
  claimDead(limit: number): Promise<DocumentJob[]>;
  /** Says that these claims are alive; gives the ids of those that are still ours. */
  touch(jobs: readonly DocumentJob[]): Promise<Set<string>>;
  /** Ends a claim inside the caller's transaction. */
  settle(tx: Transaction, job: DocumentJob): Promise<void>;
  settleDead(tx: Transaction, job: DocumentJob): Promise<void>;
  /** Takes waiting jobs out of the queue inside the caller's transaction; unknown ids are passed over. */
  withdraw(tx: Transaction, jobIds: readonly string[]): Promise<void>;
  /** Gives jobs that have not ended another priority (0–2) inside the caller's transaction; forced ones stay first. */
  reprioritise(tx: Transaction, jobIds: readonly string[], priority: number): Promise<void>;
  /** How many jobs are claimed before the first of those of these documents, at most 10,000. */
  countBefore(db: Executor, documentIds: readonly string[]): Promise<number>;
  /** Lets jobs that wait for their time be claimed now, inside the caller's transaction. */
  runNow(tx: Transaction, jobIds: readonly string[]): Promise<void>;
}

/** The queue of documents over pg-boss. */
export function openDocumentQueue(boss: PgBoss): DocumentQueue {
  const settleIn = async (tx: Transaction, name: string, job: DocumentJob) => {
    const done = await boss.complete(name, job.attempt, null, { db: inTransaction(tx) });
    if (commandResponse.parse(done).affected !== 1) throw new ClaimLost(`job ${job.id} is no longer this worker's`);
  };
  const claimFrom = async (name: string, limit: number, minPriority?: number) => {
    const jobs = await boss.fetch<unknown>(name, {
      batchSize: limit,
      includeMetadata: true,
      ...(minPriority === undefined ? {} : { minPriority }),
    });
    // One that this version cannot read stays claimed until its heartbeat lapses, and must not hold up the others.
    return jobs.flatMap((job) => toDocumentJob(job) ?? []);
  };
  return {
    async enqueue(tx, jobs) {
      if (jobs.length === 0) return [];
      const ids = jobs.map(() => newId());
      const taken = await boss.insert(
        queueName,
        jobs.map((job, index) => ({
          ...(ids[index] ? { id: ids[index] } : {}),
          data: { documentId: job.documentId },
          priority: bossPriority(job.priority),
          ...(job.startAfter ? { startAfter: job.startAfter } : {}),
        })),
        { db: preparedIn(tx, 'enqueue'), returnId: true },
      );
      if (taken?.length !== jobs.length) throw new Error(`the queue took ${taken?.length ?? 0} of ${jobs.length} jobs`);
      await tx.execute(sql`select pg_notify(${jobsChannel}, 'queued')`);
      return ids;
    },
    claim: (limit, { urgentOnly } = {}) => claimFrom(queueName, limit, urgentOnly ? bossPriority(0) : undefined),
    claimDead: (limit) => claimFrom(deadQueueName, limit),
    async touch(jobs) {
      if (jobs.length === 0) return new Set();
      const touched = await boss.touch(
        queueName,
        jobs.map((job) => job.attempt).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      );
      return new Set(commandResponse.parse(touched).settled);
    },
    settle: (tx, job) => settleIn(tx, queueName, job),
    settleDead: (tx, job) => settleIn(tx, deadQueueName, job),
    async withdraw(tx, jobIds) {
      if (jobIds.length === 0) return;
      await lockJobs(tx, jobIds);
      await boss.cancel(queueName, [...jobIds], { db: inTransaction(tx) });
    },
    async reprioritise(tx, jobIds, priority) {
      if (jobIds.length === 0) return;
      await lockJobs(tx, jobIds);
      // pg-boss has `update` for one job at a time, and not for one that is claimed and may come back.
      await tx.execute(sql`
        update pgboss.job set priority = ${bossPriority(priority)}
        where name = ${queueName} and id in (${listOf(jobIds)}) and state in ('created', 'retry', 'active')
          and priority <= ${bossPriority(0)}`);
      await tx.execute(sql`select pg_notify(${jobsChannel}, 'reprioritised')`);
    },
    async countBefore(db, documentIds) {
      // In the order of the index by which jobs are fetched.
      const {
        rows: [row],
      } = await db.execute<{ before: number }>(sql`
        with first as (
          select j.priority, j.created_on, j.id from pgboss.job j join documents d on d.job_id = j.id
          where j.name = ${queueName} and j.state < 'active' and d.id in (${listOf(documentIds)})
          order by j.priority desc, j.created_on, j.id limit 1)
        select count(*)::int as before from (
          select 1 from pgboss.job j, first
          where j.name = ${queueName} and j.state < 'active' and j.start_after <= now()
            and (j.priority > first.priority
              or (j.priority = first.priority and (j.created_on, j.id) < (first.created_on, first.id)))
          limit ${maxCounted}) as ahead`);
      return row?.before ?? 0;
    },
    async runNow(tx, jobIds) {
      if (jobIds.length === 0) return;
      await lockJobs(tx, jobIds);
      await tx.execute(sql`
        update pgboss.job set start_after = now()
        where name = ${queueName} and id in (${listOf(jobIds)}) and state in ('created', 'retry')`);
      await tx.execute(sql`select pg_notify(${jobsChannel}, 'hastened')`);
    },
  };
}

/** In the order of their ids: two transactions, or a heartbeat, never wait for each other's jobs in a circle. */
async function lockJobs(tx: Transaction, jobIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    select 1 from pgboss.job where name = ${queueName} and id in (${listOf(jobIds)}) order by id for no key update`);
}

function listOf(ids: readonly string[]) {
  return sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
}

/** The queue serves the higher number first; ours is the other way round. */
function bossPriority(priority: number): number {
  return 2 - priority;
}

function toDocumentJob(job: JobWithMetadata<unknown>): DocumentJob | null {
  const { success, data } = payload.safeParse(job.data);
  if (!success) return null;
  return {
    id: job.id,
    documentId: data.documentId,
    lost: job.retryCount,
    attempt: { id: job.id, retryCount: job.retryCount },
  };
}

/** For a statement of pg-boss whose text is always the same: each connection plans it once, which takes longer than to run it. */
function preparedIn(tx: Transaction, name: string): Db {
  return {
    executeSql: (sql, params = []) =>
      tx._.session.prepareQuery<Prepared>({ sql, params }, undefined, name, false).execute(),
  };
}

interface Prepared extends PreparedQueryConfig {
  execute: QueryResult;
}

function inTransaction(tx: Transaction): Db {
  return fromDrizzle(tx, sql);
}
