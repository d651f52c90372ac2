import type { ProcessorStatus } from '#lib/core/contract/workers.ts';
import { desc, inArray, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { stages } from '#lib/core/lifecycle.ts';
import { liveWorkers } from './registry.ts';

const shownDocuments = 200;

/** What all workers on all machines are doing (docs/spec.md §10). */
export async function getProcessorStatus({ db }: Pick<Context, 'db'>): Promise<ProcessorStatus> {
  const workers = await liveWorkers(db);
  const counts = await db
    .select({ status: documents.status, count: sql<number>`count(*)::int` })
    .from(documents)
    .groupBy(documents.status);
  const countOf = (...statuses: readonly string[]) =>
    counts.reduce((sum, { status, count }) => sum + (statuses.includes(status) ? count : 0), 0);
  const running = await db
    .select({ id: documents.id, name: documents.name, stage: documents.status, progress: documents.progress })
    .from(documents)
    .where(inArray(documents.status, [...stages]))
    .orderBy(desc(documents.startedAt))
    .limit(shownDocuments);
  return {
    running: workers.length > 0,
    workers: workers.map(({ name, host, slots, active, isolation, heartbeatAt }) => ({
      name,
      host,
      slots,
      active,
      isolation,
      heartbeat_at: heartbeatAt.toISOString(),
    })),
    queued: countOf('queued'),
    active: countOf(...stages),
    completed: countOf('completed'),
    failed: countOf('failed'),
    max_workers: workers.reduce((sum, worker) => sum + worker.slots, 0),
    documents: running,
  };
}
