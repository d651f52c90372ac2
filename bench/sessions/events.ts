import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/context.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { getSession } from '#lib/sessions/get.ts';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { until } from '#tests/support/context.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';
import { watchCommits } from '../pipeline/commits.ts';
import { onGround } from '../pipeline/ground.ts';
import { inRounds, type Line, lineOf, median } from '../pipeline/line.ts';
import { putOrders, ready, startSlowModel, uploadOrders } from '../pipeline/orders.ts';
import { startWeb } from '../pipeline/web.ts';
import { type Client, openClient } from './event-client.ts';

const clientCount = 200;
const running = 50;
/** With answers that take seconds, none ends before the measurement does. */
const pagesEach = 100;
const [rounds, samples] = [8, 31];
/** Changes are gathered for so long at most before they are told (app/api/events/hub.ts). */
const gatheredMs = 100;

/**
 * From the commit of a change until 200 browsers' event streams have it, while 50 documents run: against the same change in
 * another web process with a single stream, and against the time for which changes are gathered. Then all 50 are cancelled,
 * and each stream must have told so.
 */
export async function busyEvents(): Promise<Line[]> {
  const model = await startSlowModel(1, { from: 3000, to: 9000 });
  return onGround(async (ground) => {
    const { context } = ground;
    await putOrders(context);
    const worker = await startWorkerProcess(context, {
      ...model.settings,
      WORKER_DOCUMENTS: String(running + 1),
      MODEL_CONCURRENCY: '128',
      WORKER_READERS: '3',
    });
    const [crowded, lonely] = [await startWeb(ground), await startWeb(ground)];
    const open = (url: string) => openClient(`${url}/api/events`);
    const crowd = await Promise.all(Array.from({ length: clientCount }, () => open(crowded.url)));
    const single = await open(lonely.url);
    try {
      // Not one of those that run: what is raised in priority would finish first.
      const probe = await uploadOrders(context, [1]);
      await ready(context, probe);
      const ids = await Promise.all(Array.from({ length: running }, () => uploadOrders(context, [pagesEach])));
      await allRun(context, ids);
      const measured = await listen(context, probe, crowd, single);
      await Promise.all(ids.map((id) => cancelSession(context, id)));
      const told = () => crowd.filter((client) => ids.every((id) => client.statusOf(id) === 'cancelled')).length;
      const informed = await until(
        async () => told(),
        (count) => count === clientCount,
        30_000,
      );
      const { frames, seconds, last } = measured;
      const rate = `${Math.round(frames / seconds)} frames/s to each, the last client after ${median(last).toFixed(0)} ms`;
      const all = measured.rounds.slice(1);
      return [
        lineOf({
          what: `commit → event, ${clientCount} clients / 1, ${running} documents running`,
          unit: 'ms',
          rounds: all.map(({ crowd: ours, single: base }) => ({ ours, base })),
          target: { atMost: 1.5 },
          note: `${rate}; all ends told to ${informed} of ${clientCount}`,
        }),
        lineOf({
          what: `commit → event, ${clientCount} clients / ${gatheredMs} ms of gathering`,
          unit: 'ms',
          rounds: all.map(({ crowd: ours }) => ({ ours, base: gatheredMs })),
          target: { atMost: 1.5 },
        }),
      ];
    } finally {
      for (const client of [...crowd, single]) client.close();
      await worker.stop();
      await Promise.all([crowded.stop(), lonely.stop(), model.server.close()]);
    }
  }, model.settings);
}

async function allRun({ db }: Context, ids: readonly string[]): Promise<void> {
  const extracting = async () => {
    const sessions = await Promise.all(ids.map((id) => getSession({ db }, id)));
    return sessions.filter(({ pages_processed, status }) => status === 'processing' && pages_processed > 0).length;
  };
  await until(extracting, (count) => count === ids.length, 300_000);
}

/** Changes one session again and again, at moments that have nothing to do with those at which changes are told. */
async function listen(context: Context, id: string, crowd: readonly Client[], single: Client) {
  const watched = watchCommits(context);
  const last: number[] = [];
  let number = 0;
  const [framesBefore, begun] = [crowd[0]?.frames() ?? 0, performance.now()];
  const once = async () => {
    const priority = number++ % 2 === 0 ? 'high' : 'low';
    const heard = Promise.all([...crowd, single].map((client) => client.hears(id, priority)));
    await setPriority(watched.context, { id, priority });
    const times = (await heard).map((at) => at - watched.committedAt());
    const alone = times.pop() ?? 0;
    last.push(Math.max(...times));
    await sleep(gatheredMs * Math.random());
    return { ours: median(times), base: alone };
  };
  const taken = await inRounds(rounds, async () => {
    const each: { ours: number; base: number }[] = [];
    for (let sample = 0; sample < samples; sample++) each.push(await once());
    return { ours: median(each.map(({ ours }) => ours)), base: median(each.map(({ base }) => base)) };
  });
  const seconds = (performance.now() - begun) / 1000;
  return {
    rounds: taken.map(({ ours, base }) => ({ crowd: ours, single: base })),
    frames: (crowd[0]?.frames() ?? 0) - framesBefore,
    seconds,
    last,
  };
}
