import { setTimeout as sleep } from 'node:timers/promises';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { type Expected, hangMs, inspect, repeatedCalls, unkeptCalls, untilEnded, type Verdict } from './invariants.ts';
import { placesOf } from './places.ts';
import type { Room } from './room.ts';
import { type PlannedSession, putSchemas, upload } from './workload.ts';

export interface RestartFigures {
  restarts: number;
  verdict: Verdict;
  /** Workers that ended, which none may. */
  died: number;
  repeatedCalls: number;
  /** Calls without a kept result when the database went away or came back: what a document that goes back to the queue may ask again. */
  inFlight: number;
  /** How long after the last restart an order to stop reached the worker's calls; null when it never did. */
  orderMs: number | null;
}

/** Restarts PostgreSQL at once, again and again, while sessions come in and are worked on. */
export async function restartPostgres(
  room: Room,
  planned: readonly PlannedSession[],
  expected: Expected,
  options: { seed: number; restarts: number },
): Promise<RestartFigures> {
  const random = seeded(options.seed);
  await putSchemas(room.context);
  const workers = [await room.startWorker(), await room.startWorker()];
  let restarts = 0;
  let inFlight = 0;
  const placeOf = placesOf(planned);
  const unkept = () => workers.reduce((sum, { name }) => sum + unkeptCalls(room, name, placeOf), 0);
  const uploading = (async () => {
    for (const [index, session] of planned.entries()) {
      await upload(room.context, session);
      // Spread over the restarts, so that each of them finds work.
      while (index >= (planned.length * (restarts + 1)) / options.restarts) await sleep(50);
    }
  })();
  while (restarts < options.restarts) {
    await sleep(random.int(200, 1500));
    inFlight += unkept();
    await room.restartPostgres();
    inFlight += unkept();
    restarts += 1;
  }
  await uploading;
  await untilEnded(room.context, planned.length);
  const verdict = await inspect(room, planned, expected);
  const repeated = repeatedCalls(room);
  const orderMs = await orderArrives(
    room,
    workers.map(({ name }) => name),
  );
  const died = workers.filter(({ process }) => process.exitCode !== null || process.signalCode !== null).length;
  return { restarts, verdict, died, repeatedCalls: repeated, inFlight, orderMs };
}

/** The workers still listen: a cancelled session's calls end. */
async function orderArrives(room: Room, workers: string[]): Promise<number | null> {
  room.answering.hold = new Set(workers);
  const id = await upload(room.context, {
    name: 'cancelled',
    schema: 'order',
    priority: 'high',
    documents: [['Sheet cancelled\nReference: R-none']],
  });
  const inFlight = async (count: number, ms: number) => {
    for (const started = Date.now(); Date.now() - started < ms; await sleep(10)) {
      if (room.model.inFlight() === count) return Date.now() - started;
    }
    return null;
  };
  if ((await inFlight(1, hangMs)) === null) return null;
  await cancelSession(room.context, id);
  const ms = await inFlight(0, hangMs);
  room.answering.release();
  return ms;
}
