import type { PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { ConnectionPool } from '#lib/db/pool.ts';
import { jobsChannel } from './channel.ts';

/** A kind of small job: what is done beside documents, such as an image that a screen waits for. */
export interface Task<Payload> {
  /** Of its queue; workers are woken by it. */
  name: string;
  payload: z.ZodType<Payload>;
  limits: TaskLimits;
}

export interface TaskLimits {
  /** How often it is tried again after it failed, or after its worker was lost. */
  retries: number;
  /** How long one try may take; then it is given to another worker. */
  expireSeconds: number;
  /** How long it waits for a worker at most. */
  waitSeconds: number;
  /** Of requests with one key, one waits or runs. A queue keeps this as it was when the queue was made. */
  isExclusive?: boolean;
  /** The pause before it is tried again, doubled each time; none when absent. */
  backoffSeconds?: number;
}

/** Declares a kind of small job. Its handler is one file in `worker/tasks`. */
export function defineTask<Payload>(name: string, payload: z.ZodType<Payload>, limits: TaskLimits): Task<Payload> {
  return { name, payload, limits };
}

export interface ClaimedTask<Payload> {
  payload: Payload;
  done(): Promise<void>;
  /** It is tried again, as long as its limits allow it. */
  failed(message: string): Promise<void>;
}

/** Small jobs on their way to workers. */
export interface TaskQueue {
  /** Asks for a task. `key` names what it makes, for tasks that are exclusive. */
  request<Payload>(task: Task<Payload>, payload: Payload, options?: { key?: string; startAfter?: Date }): Promise<void>;
  claim<Payload>(task: Task<Payload>, limit: number): Promise<ClaimedTask<Payload>[]>;
  /** Makes the queue of a task, and brings its limits up to date. */
  prepare(task: Task<unknown>): Promise<void>;
}

/** Done tasks are kept for so long, to be looked at. */
const keptSeconds = 3600;

export function openTaskQueue(boss: PgBoss, pool: ConnectionPool): TaskQueue {
  const known = new Map<string, Promise<void>>();
  /** On first use: whoever asks for a task may be the first to know it. */
  const ensure = (task: Task<unknown>, update: boolean): Promise<void> => {
    const found = known.get(task.name);
    if (found) return found;
    const made = makeQueue(boss, task, update).catch((error: unknown) => {
      known.delete(task.name);
      throw error;
    });
    known.set(task.name, made);
    return made;
  };
  return {
    prepare: (task) => ensure(task, true),
    async request(task, payload, { key, startAfter } = {}) {
      await ensure(task, false);
      await boss.send(task.name, payload as object, {
        ...(key === undefined ? {} : { singletonKey: key }),
        ...(startAfter && { startAfter }),
      });
      await pool.run('select pg_notify($1, $2)', [jobsChannel, task.name]);
    },
    async claim<Payload>(task: Task<Payload>, limit: number) {
      for (;;) {
        const jobs = await boss.fetch<unknown>(task.name, { batchSize: limit });
        const claimed: ClaimedTask<Payload>[] = [];
        for (const { id, data } of jobs) {
          const parsed = task.payload.safeParse(data);
          const failed = async (message: string) => void (await boss.fail(task.name, id, { message }));
          const done = async () => void (await boss.complete(task.name, id));
          // Of another version of Sluice, perhaps: it must not hold up the others.
          if (!parsed.success) await failed('this version does not know the payload');
          else claimed.push({ payload: parsed.data, done, failed });
        }
        if (claimed.length > 0 || jobs.length === 0) return claimed;
      }
    },
  };
}

async function makeQueue(boss: PgBoss, { name, limits }: Task<unknown>, update: boolean): Promise<void> {
  const settings = {
    retryLimit: limits.retries,
    expireInSeconds: limits.expireSeconds,
    retentionSeconds: limits.waitSeconds,
    deleteAfterSeconds: keptSeconds,
    ...(limits.backoffSeconds === undefined ? {} : { retryDelay: limits.backoffSeconds, retryBackoff: true }),
  };
  await boss.createQueue(name, { ...settings, ...(limits.isExclusive && { policy: 'exclusive' as const }) });
  // Where the queue exists already, making it leaves its settings as they were.
  if (update) await boss.updateQueue(name, settings);
}
