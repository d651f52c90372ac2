import { sql } from 'drizzle-orm';
import type { PreparedQueryConfig } from 'drizzle-orm/pg-core';
import type { QueryResult } from 'pg';
import { fromDrizzle, type Db, type JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Executor, Transaction } from '#lib/db/client.ts';
import { logConflict } from '#lib/db/conflicts.ts';
import { ConnectionPool } from '#lib/db/pool.ts';
import { isFileType } from '#lib/core/file-types.ts';
import { newId } from '#lib/id.ts';
import type { Logger } from '#lib/log.ts';

/** One job per document; its payload is the id and nothing else. */
const queueName = 'documents';
/** Where a job goes that the queue itself gave up; its handler settles our row. */
const deadQueueName = 'documents-dead';
/** Pictures of pages that a screen waits for. */
const picturesName = 'page-images';
/** Reference documents of schemas that are to be read. */
const knowledgeName = 'knowledge';
/** NOTIFY channel that wakes idle workers. It says what waits: `picture`, `knowledge`, or anything else for documents. */
export const jobsChannel = 'sluice_jobs';

/** The dead letter queue comes first: another names it. */
const queues = [
  { name: deadQueueName, retryLimit: 1000, expireInSeconds: 3600 },
  {
    name: picturesName,
    // Of jobs with one key, one waits or runs. A queue keeps the policy that it was created with.
    policy: 'exclusive' as const,
    retryLimit: 2,
    expireInSeconds: 60,
    deleteAfterSeconds: 3600,
    retentionSeconds: 600,
  },
  { name: knowledgeName, retryLimit: 2, expireInSeconds: 1800, deleteAfterSeconds: 3600, retentionSeconds: 24 * 3600 },
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

const picturePayload = z.object({ documentId: z.uuid(), pageNum: z.number().int().nonnegative() });

/** A page whose picture somebody waits for. */
export type PictureTask = z.output<typeof picturePayload>;

const knowledgePayload = z.object({
  sha256: z.string(),
  type: z.string().refine(isFileType, 'is not a supported file type'),
});

/** A reference document whose text is wanted. */
export type KnowledgeTask = z.output<typeof knowledgePayload>;

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
export interface Queue {
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
  /** Lets jobs that wait for their time go on now, inside the caller's transaction. */
  hasten(tx: Transaction, jobIds: readonly string[]): Promise<void>;
  /** Asks for the picture of a page; the answer appears in the storage. Of requests with the same key one waits or runs. */
  requestPicture(task: PictureTask, key: string): Promise<void>;
  /** Claims pictures to make, and says of each when it is made, or not to be had. */
  claimPictures(limit: number): Promise<{ task: PictureTask; done(): Promise<void> }[]>;
  /** Asks for the text of a reference document; how that ended appears in the storage. */
  requestKnowledge(task: KnowledgeTask): Promise<void>;
  claimKnowledge(limit: number): Promise<{ task: KnowledgeTask; done(): Promise<void> }[]>;
  close(): Promise<void>;
}

/**
 * Connects to the queue and creates what it needs on first use.
 * `monitor` makes this process look for lost workers; several may, the queue lets one do it at a time.
 */
export async function openQueue(
  url: string,
  options: { monitor: boolean; updateQueues?: boolean; log: Logger },
): Promise<Queue> {
  const pool = new ConnectionPool({ url, name: 'sluice-queue', max: 4, onConflict: logConflict(options.log) });
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.run(text, values) },
    schedule: false,
    supervise: options.monitor,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    registerInstance: false,
  });
  // Without a listener an error in its maintenance ends the process.
  boss.on('error', (error) => options.log.warn({ err: error }, 'queue connection trouble'));
  const close = async () => {
    await boss.stop({ graceful: false });
    await pool.end();
  };
  try {
    await boss.start();
    for (const { name, policy, ...settings } of queues) {
      await boss.createQueue(name, { ...settings, ...(policy && { policy }) });
      // Where the queue exists already, creating it leaves its settings as they were.
      if (options.updateQueues) await boss.updateQueue(name, settings);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return queueOf(boss, pool, close);
}

function queueOf(boss: PgBoss, pool: ConnectionPool, close: () => Promise<void>): Queue {
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
  const claimTasks = async <S extends z.ZodType>(name: string, payload: S, limit: number) => {
    const jobs = await boss.fetch<unknown>(name, { batchSize: limit });
    const tasks = [];
    for (const job of jobs) {
      const parsed = payload.safeParse(job.data);
      if (parsed.success) tasks.push({ task: parsed.data, done: async () => void (await boss.complete(name, job.id)) });
      // Of another version of Sluice, perhaps: it must not hold up the others of its batch.
      else await boss.fail(name, job.id, { message: 'this version does not know the payload' });
    }
    return tasks;
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
    async hasten(tx, jobIds) {
      if (jobIds.length === 0) return;
      await lockJobs(tx, jobIds);
      await tx.execute(sql`
        update pgboss.job set start_after = now()
        where name = ${queueName} and id in (${listOf(jobIds)}) and state in ('created', 'retry')`);
      await tx.execute(sql`select pg_notify(${jobsChannel}, 'hastened')`);
    },
    async requestPicture(task, key) {
      await boss.send(picturesName, task, { singletonKey: key });
      await pool.run('select pg_notify($1, $2)', [jobsChannel, 'picture']);
    },
    claimPictures: (limit) => claimTasks(picturesName, picturePayload, limit),
    async requestKnowledge(task) {
      await boss.send(knowledgeName, task);
      await pool.run('select pg_notify($1, $2)', [jobsChannel, 'knowledge']);
    },
    claimKnowledge: (limit) => claimTasks(knowledgeName, knowledgePayload, limit),
    close,
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
