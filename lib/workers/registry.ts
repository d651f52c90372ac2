import { and, gt, lt, sql } from 'drizzle-orm';
import type { Database, Executor } from '#lib/db/client.ts';
import { workers } from '#lib/db/tables/installation.ts';
import { aliveSeconds } from '../db/alive.ts';

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

/** How many workers ended without saying so in the last ten minutes. */
export async function countLostWorkers(db: Executor): Promise<number> {
  const [row] = await db
    .select({ lost: sql<number>`count(*)::int` })
    .from(workers)
    .where(
      and(
        lt(workers.heartbeatAt, sql`now() - make_interval(secs => ${aliveSeconds})`),
        gt(workers.heartbeatAt, sql`now() - interval '10 minutes'`),
      ),
    );
  return row?.lost ?? 0;
}

/** Every worker on every machine that is alive. */
export async function liveWorkers(db: Executor): Promise<WorkerRow[]> {
  return db
    .select()
    .from(workers)
    .where(gt(workers.heartbeatAt, sql`now() - make_interval(secs => ${aliveSeconds})`))
    .orderBy(workers.startedAt);
}
