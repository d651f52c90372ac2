import { onGround } from './ground.ts';
import { inRounds, type Line, lineOf, median, timed } from './line.ts';
import { processorSeconds, startFullWorker } from './worker.ts';
import { putOrders, ready, startSlowModel, uploadOrders } from './orders.ts';

interface Load {
  /** Model calls that a worker makes at a time. */
  width: number;
  /** How often each of them is made. */
  waves: number;
  /** Documents of equal length, and how many a worker has in hand. */
  documents: number;
  slots: number;
  ms: { from: number; to: number };
  rounds: number;
  atMost: number;
}

// A long document is read as a whole before its first call: where many calls run at a time, many documents must.
const loads: readonly Load[] = [
  { width: 16, waves: 20, documents: 4, slots: 5, ms: { from: 500, to: 1500 }, rounds: 5, atMost: 1.1 },
  { width: 256, waves: 12, documents: 48, slots: 16, ms: { from: 2000, to: 6000 }, rounds: 3, atMost: 1.15 },
];

/** From upload to result, against the least that the model's own times allow: their sum over the width of the lane. */
export async function makespan(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const load of loads) lines.push(await measure(load));
  return lines;
}

async function measure({ width, waves, documents: count, slots, ms, rounds, atMost }: Load): Promise<Line> {
  const documents = Array.from({ length: count }, () => (width * waves) / count);
  const model = await startSlowModel(width, ms);
  return onGround(async ({ context }) => {
    await putOrders(context);
    const worker = await startFullWorker(context, {
      ...model.settings,
      MODEL_CONCURRENCY: String(width),
      WORKER_DOCUMENTS: String(slots),
    });
    try {
      const firstCalls: number[] = [];
      const measured = await inRounds(rounds, async () => {
        const begun = Date.now();
        const ours = await timed(async () => ready(context, await uploadOrders(context, documents)));
        firstCalls.push(((model.server.calls[0]?.at ?? begun) - begun) / 1000);
        const delays = model.slept();
        const base = Math.max(delays.reduce((sum, delay) => sum + delay, 0) / width, ...delays);
        return { ours: ours / 1000, base: base / 1000 };
      });
      const msPerPage = (1000 * processorSeconds(worker)) / (rounds * width * waves);
      const pages = `${width * waves} pages in ${count} documents, a call of ${ms.from / 1000}–${ms.to / 1000} s, one round takes more than 20 s`;
      const first = `first call after ${median(firstCalls).toFixed(1)} s`;
      const note = `${pages}; ${first}; ${msPerPage.toFixed(0)} ms of processor time for a page`;
      const what = `makespan / ideal, ${width} calls in flight`;
      return lineOf({ what, unit: 's', rounds: measured, target: { atMost }, note });
    } finally {
      await worker.stop();
      await model.server.close();
    }
  }, model.settings);
}
