import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { type Expected, inspect, repeatedCalls, lostCalls, untilEnded, type Verdict } from './invariants.ts';
import { placesOf } from './places.ts';
import type { Room, RoomWorker } from './room.ts';
import { type PlannedSession, putSchemas, upload } from './workload.ts';

export interface KillFigures {
  kills: number;
  atStatements: number;
  verdict: Verdict;
  repeatedCalls: number;
  /** Calls that were in flight at the kills: made, and their result not kept. */
  inFlight: number;
}

const workerConcurrency = 4;
/** A boundary is chosen among so many statements from now on. */
const statementsAhead = 60;

/**
 * Kills workers again and again while sessions come in: half of them at any instant, half right before or after a
 * statement reached PostgreSQL.
 */
export async function killWorkers(
  room: Room,
  planned: readonly PlannedSession[],
  expected: Expected,
  options: { seed: number; kills: number },
): Promise<KillFigures> {
  const random = seeded(options.seed);
  const placeOf = placesOf(planned);
  await putSchemas(room.context);
  const alive = new Set(await Promise.all(Array.from({ length: workerConcurrency }, () => room.startWorker())));
  const starting = new Set<Promise<void>>();
  const figures = { kills: 0, atStatements: 0, inFlight: 0 };
  const dead: string[] = [];
  const lost: (() => number)[] = [];
  let uploaded = 0;

  const replace = async (worker: RoomWorker) => {
    alive.delete(worker);
    figures.kills += 1;
    lost.push(lostCalls(room, worker.name, placeOf));
    dead.push(worker.name);
    const started: Promise<void> = room.startWorker().then((next) => {
      alive.add(next);
      starting.delete(started);
    });
    starting.add(started);
  };

  while (figures.kills < options.kills) {
    const due = Math.ceil((planned.length * (figures.kills + 1)) / options.kills);
    for (; uploaded < due; uploaded++) {
      const session = planned[uploaded];
      if (session) await upload(room.context, session);
    }
    await sleep(random.int(200, 3000));
    const [first, ...others] = alive;
    if (!first) {
      await Promise.race(starting);
      continue;
    }
    const victim = random.pick([first, ...others]);
    if (random.chance(0.5)) await victim.kill();
    else if (await killAtStatement(victim, random.int(1, statementsAhead), random.pick(['before', 'after']))) {
      figures.atStatements += 1;
    }
    await replace(victim);
  }
  await untilEnded(room.context, planned.length);
  await Promise.all(starting);
  const verdict = await inspect(room, planned, expected);
  figures.inFlight = lost.reduce((sum, count) => sum + count(), 0);
  return { ...figures, verdict, repeatedCalls: repeatedCalls(room) };
}

/** Kills a worker at its n-th statement from now on; false when it does not say so much within 5 s and is killed then. */
export async function killAtStatement(worker: RoomWorker, n: number, phase: 'before' | 'after'): Promise<boolean> {
  const reached = Promise.withResolvers<true>();
  let first: number | null = null;
  worker.proxy.breaksAt = (boundary) => {
    first ??= boundary.number;
    if (boundary.number - first < n || boundary.phase !== phase) return false;
    worker.process.kill('SIGKILL');
    reached.resolve(true);
    return true;
  };
  const isReached = await Promise.race([reached.promise, sleep(5000, false)]);
  await worker.kill();
  return isReached;
}
