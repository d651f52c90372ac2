import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Context } from '#lib/context.ts';
import { startWorkerProcess, type WorkerProcess } from '#tests/support/worker-process.ts';

/** A worker as `npm start` runs it, with as many readers; those of tests have one. */
export function startFullWorker(context: Context, settings: Record<string, string>): Promise<WorkerProcess> {
  return startWorkerProcess(context, { WORKER_READERS: String(availableParallelism()), ...settings });
}

/** Seconds of processor time that a worker has used so far, without its readers. */
export function processorSeconds({ process: { pid } }: WorkerProcess): number {
  const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const [seconds = 0, minutes = 0, hours = 0, days = 0] = time.split(/[:-]/).toReversed().map(Number);
  return seconds + 60 * (minutes + 60 * (hours + 24 * days));
}
