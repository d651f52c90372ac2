import { gt, lt, sql } from 'drizzle-orm';
import type { Database, Executor } from '#lib/db/client.ts';
import { workers } from '#lib/db/tables.ts';

/** A worker that has not been heard of for so long is not counted as running. */
const aliveSeconds = 15;
const forgetHours = 1;

export type WorkerRow = typeof workers.$inferSelect;

/** Says that a worker is alive and what it does. */
export async function reportWorker(db: Database, worker: Omit<WorkerRow, 'startedAt' | 'heartbeatAt'>): Promise<void> {
  await db
    .insert(workers)
    .values(worker)
    .onConflictDoUpdate({ target: workers.id, set: { ...worker, heartbeatAt: sql`now()` } });
  await db.delete(workers).where(lt(workers.heartbeatAt, sql`now() - make_interval(hours => ${forgetHours})`));
}

export async function forgetWorker(db: Database, id: string): Promise<void> {
  await db.delete(workers).where(sql`id = ${id}`);
}

/** Every worker on every machine that is alive. */
export async function liveWorkers(db: Executor): Promise<WorkerRow[]> {
  return db
    .select()
    .from(workers)
    .where(gt(workers.heartbeatAt, sql`now() - make_interval(secs => ${aliveSeconds})`))
    .orderBy(workers.startedAt);
}
