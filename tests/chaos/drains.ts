import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { type Expected, hangMs, inspect, repeatedCalls, untilEnded, type Verdict } from './invariants.ts';
import type { Room, RoomWorker } from './room.ts';
import { type PlannedSession, putSchemas, upload } from './workload.ts';

export interface DrainFigures {
  stops: number;
  /** The longest from SIGTERM to the end of the process. */
  slowestMs: number;
  /** Workers that did not end by themselves, with 0. */
  died: number;
  verdict: Verdict;
  repeatedCalls: number;
  inFlight: number;
}

/** Workers come and go under load: each round one starts and the oldest is asked to end. */
export async function drainWorkers(
  room: Room,
  planned: readonly PlannedSession[],
  expected: Expected,
  options: { seed: number; stops: number },
): Promise<DrainFigures> {
  const random = seeded(options.seed);
  await putSchemas(room.context);
  const alive: RoomWorker[] = [await room.startWorker(), await room.startWorker()];
  const stopping: Promise<void>[] = [];
  const figures = { stops: 0, slowestMs: 0, died: 0 };

  const stop = async (worker: RoomWorker) => {
    const started = Date.now();
    const code = await Promise.race([worker.stop(), sleep(hangMs, 'late' as const)]);
    figures.slowestMs = Math.max(figures.slowestMs, Date.now() - started);
    if (code !== 0) figures.died += 1;
  };

  let uploaded = 0;
  while (figures.stops < options.stops) {
    const due = Math.ceil((planned.length * (figures.stops + 1)) / options.stops);
    for (const session of planned.slice(uploaded, due)) await upload(room.context, session);
    uploaded = due;
    await sleep(random.int(50, 1000));
    alive.push(await room.startWorker());
    const oldest = alive.shift();
    if (oldest) stopping.push(stop(oldest));
    figures.stops += 1;
  }
  await Promise.all(stopping);
  await untilEnded(room.context, planned.length);
  const verdict = await inspect(room, planned, expected);
  // Nothing is broken off: what runs has longer than these calls take.
  return { ...figures, verdict, repeatedCalls: repeatedCalls(room), inFlight: 0 };
}
