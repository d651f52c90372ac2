import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { type Expected, inspect, repeatedCalls, lostCalls, untilEnded, type Verdict } from './invariants.ts';
import { killAtStatement } from './kills.ts';
import { placesOf } from './places.ts';
import type { Room, RoomWorker } from './room.ts';
import { type PlannedSession, putSchemas, upload } from './workload.ts';

/** A place where a worker is killed: right before or after its n-th statement or its n-th object in the storage. */
interface Point {
  kind: 'statement' | 'object';
  n: number;
  phase: 'before' | 'after';
}

export interface BoundaryFigures {
  /** How many statements and objects a session's documents take. */
  statements: number;
  objects: number;
  /** Points at which a worker was killed, and those that its work ended before. */
  killed: number;
  notReached: number;
  verdict: Verdict;
  repeatedCalls: number;
  inFlight: number;
}

/** Kills a worker at each boundary of its writes in turn; a fresh session each. Needs one session more than points. */
export async function killAtBoundaries(
  room: Room,
  planned: readonly PlannedSession[],
  expected: Expected,
  options: { seed: number; points: number },
): Promise<BoundaryFigures> {
  const [measured, ...others] = planned;
  if (!measured) throw new Error('no session was planned');
  const placeOf = placesOf(planned);
  await putSchemas(room.context);
  let worker = await room.startWorker();
  const counts = await measure(room, worker, measured);
  const points = choosePoints(counts, options);
  const figures = { ...counts, killed: 0, notReached: 0, inFlight: 0 };
  const lost: (() => number)[] = [];
  let done = 1;
  for (const [index, point] of points.entries()) {
    const session = others[index];
    if (!session) break;
    const killed = killAt(room, worker, point);
    await upload(room.context, session);
    done += 1;
    if (await killed) figures.killed += 1;
    else figures.notReached += 1;
    // It is dead either way: where a slow machine had not come to the point, it died in the middle of something else.
    lost.push(lostCalls(room, worker.name, placeOf));
    // There is no other worker: whatever is claimed was the dead one's.
    await room.context.db.execute(sql`
      update pgboss.job set heartbeat_on = now() - interval '1 minute' where name = 'documents' and state = 'active'`);
    worker = await room.startWorker();
    await untilEnded(room.context, done);
  }
  const verdict = await inspect(room, planned.slice(0, done), expected);
  figures.inFlight = lost.reduce((sum, count) => sum + count(), 0);
  return { ...figures, verdict, repeatedCalls: repeatedCalls(room) };
}

async function measure(room: Room, worker: RoomWorker, session: PlannedSession) {
  let statements = 0;
  let objects = 0;
  worker.proxy.breaksAt = ({ phase }) => {
    if (phase === 'before') statements += 1;
    return false;
  };
  await upload(room.context, session);
  room.s3.onWrite = (phase, _what, key) => {
    if (phase === 'before' && isOfDocument(key)) objects += 1;
  };
  await untilEnded(room.context, 1);
  room.s3.onWrite = null;
  worker.proxy.breaksAt = null;
  return { statements, objects };
}

/** All points in order, or as many as are wanted by chance. */
function choosePoints(
  counts: { statements: number; objects: number },
  options: { seed: number; points: number },
): Point[] {
  const kinds = [
    ['statement', counts.statements],
    ['object', counts.objects],
  ] as const;
  const all = kinds.flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((n): Point[] => [
      { kind, n, phase: 'before' },
      { kind, n, phase: 'after' },
    ]),
  );
  const random = seeded(options.seed);
  while (all.length > options.points) all.splice(random.int(0, all.length - 1), 1);
  return all;
}

/** Originals are put by the upload; health is what a process asks the storage when it starts. */
function isOfDocument(key: string): boolean {
  return !key.includes('/files/') && !key.includes('/health/');
}

async function killAt(room: Room, worker: RoomWorker, { kind, n, phase }: Point): Promise<boolean> {
  if (kind === 'statement') return killAtStatement(worker, n, phase);
  const reached = Promise.withResolvers<true>();
  let seen = 0;
  room.s3.onWrite = async (now, _what, key) => {
    if (now !== phase || !isOfDocument(key) || ++seen !== n) return;
    await worker.kill();
    reached.resolve(true);
  };
  const isReached = await Promise.race([reached.promise, sleep(5000, false)]);
  room.s3.onWrite = null;
  await worker.kill();
  return isReached;
}
