import { availableParallelism } from 'node:os';
import type { Context } from '#lib/app-context.ts';
import { startWorkerProcess, type WorkerProcess } from '#tests/support/worker-process.ts';

/** A worker as `npm start` runs it, with as many readers; those of tests have one. */
export function startFullWorker(context: Context, settings: Record<string, string>): Promise<WorkerProcess> {
  return startWorkerProcess(context, { WORKER_READERS: String(availableParallelism()), ...settings });
}
