import type { Context } from '#lib/context.ts';

import { onGround } from './ground.ts';
import { inRounds, type Line, lineOf, timed } from './line.ts';
import { startFullWorker } from './worker.ts';
import { putOrders, ready, startSlowModel, uploadOrders } from './orders.ts';

const sessionsPerWorker = 5;
const documents = [8, 8, 8, 8] as const;
const ms = { from: 1000, to: 3000 };

/** The pages a second of four workers, against four times those of one; each has four times, or once, the same load. */
export async function fourWorkers(): Promise<Line[]> {
  const model = await startSlowModel(4, ms);
  return onGround(async ({ context }) => {
    await putOrders(context);
    try {
      const rounds = await inRounds(3, async () => {
        const one = await pagesPerSecond(context, model.settings, 1);
        return { ours: await pagesPerSecond(context, model.settings, 4), base: 4 * one };
      });
      const pages = sessionsPerWorker * documents.reduce((sum, pages) => sum + pages, 0);
      const note = `${pages} pages for each worker, of ${ms.from / 1000}–${ms.to / 1000} s, 16 calls in flight; one round takes more than 20 s`;
      const what = '4 workers / 4 × one worker';
      return [lineOf({ what, unit: 'pages/s', rounds, target: { atLeast: 0.9 }, note })];
    } finally {
      await model.server.close();
    }
  }, model.settings);
}

async function pagesPerSecond(context: Context, settings: Record<string, string>, count: number): Promise<number> {
  const workers = await Promise.all(Array.from({ length: count }, () => startFullWorker(context, settings)));
  try {
    const sessions = sessionsPerWorker * count;
    const took = await timed(async () => {
      const ids = await Promise.all(Array.from({ length: sessions }, () => uploadOrders(context, documents)));
      for (const id of ids) await ready(context, id);
    });
    return (sessions * documents.reduce((sum, pages) => sum + pages, 0)) / (took / 1000);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}
