import type { Context } from '#lib/context.ts';
import { discard } from '#lib/files/spool.ts';
import type { Logger } from '#lib/log.ts';
import type { Queue } from '#lib/queue/open.ts';
import { createSession } from '#lib/sessions/create.ts';
import { startWorker } from '#worker/worker.ts';
import { watchCommits } from './commits.ts';
import { onGround } from './ground.ts';
import { inTurns, type Line, lineOf, median } from './line.ts';
import { openRawNotify } from './notify.ts';
import { putOrders, ready, spoolOrder } from './orders.ts';

const samples = 15;

/** From the commit of an upload until a worker's handler has the job, against a bare commit to a bare NOTIFY. */
export function commitToStart(): Promise<Line[]> {
  return onGround(async ({ context, url }) => {
    await putOrders(context, 'builtin');
    const marks = { handed: 0, claimed: 0 };
    const worker = await startWorker(marking(context, marks), () => {});
    const raw = await openRawNotify(url);
    const uploads = watchCommits(context);
    const untilClaimed: number[] = [];
    const once = async () => {
      const file = await spoolOrder(context, 'order.txt', 1);
      const id = await createSession(uploads.context, { files: [file], schema: 'order' });
      await ready(context, id);
      await discard([file]);
      untilClaimed.push(marks.claimed - uploads.committedAt());
      return marks.handed - uploads.committedAt();
    };
    try {
      const rounds = await inTurns({ rounds: 7, samples }, once, () => raw.once());
      const note = `each of ${samples} taken in turn; the document is claimed and fenced after ${median(untilClaimed).toFixed(1)} ms`;
      const what = 'commit → handler start / raw NOTIFY';
      return [lineOf({ what, unit: 'ms', rounds, target: { atMost: 4 }, note })];
    } finally {
      await raw.close();
      await worker.stop(0);
    }
  });
}

/** A context that notes when a job is handed to its handler, and when that opens the log of the document it has claimed. */
function marking(context: Context, marks: { handed: number; claimed: number }): Context {
  const claim: Queue['claim'] = async (limit, options) => {
    const jobs = await context.queue.claim(limit, options);
    if (jobs.length > 0) marks.handed = performance.now();
    return jobs;
  };
  const log: Logger = new Proxy(context.log, {
    get(target, key) {
      if (key === 'child') marks.claimed = performance.now();
      return Reflect.get(target, key, target);
    },
  });
  return { ...context, queue: { ...context.queue, claim }, log };
}
