import { desc, inArray, sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { documents } from '#lib/db/tables.ts';
import { stages } from '#lib/sessions/status.ts';
import { liveWorkers } from './registry.ts';

export interface ProcessorStatus {
  running: boolean;
  workers: { name: string; host: string; slots: number; active: number; isolation: string; heartbeat_at: string }[];
  queued: number;
  active: number;
  completed: number;
  failed: number;
  max_workers: number;
  documents: { id: string; name: string; stage: string; progress: number }[];
}

const shownDocuments = 200;

/** What all workers on all machines are doing (SPEC.md §10). */
export async function getProcessorStatus(db: Executor): Promise<ProcessorStatus> {
  const workers = await liveWorkers(db);
  const {
    rows: [counts],
  } = await db.execute<{ queued: number; active: number; completed: number; failed: number }>(sql`
    select count(*) filter (where status = 'queued')::int as queued,
      count(*) filter (where status in ('ocr_extraction', 'account_splitting', 'page_analysis', 'llm_extraction'))::int as active,
      count(*) filter (where status = 'completed')::int as completed,
      count(*) filter (where status = 'failed')::int as failed
    from documents`);
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
    queued: counts?.queued ?? 0,
    active: counts?.active ?? 0,
    completed: counts?.completed ?? 0,
    failed: counts?.failed ?? 0,
    max_workers: workers.reduce((sum, worker) => sum + worker.slots, 0),
    documents: running,
  };
}
