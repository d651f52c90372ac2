import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { type Expected, hangMs, inspect, repeatedCalls, lostCalls, untilEnded, type Verdict } from './invariants.ts';
import { placesOf } from './places.ts';
import type { Room, RoomWorker } from './room.ts';
import { type PlannedSession, putSchemas, upload } from './workload.ts';

export interface ZombieFigures {
  zombies: number;
  /** Rows that changed after their document was finished by another worker. */
  staleWrites: number;
  /** Zombies that did not come back to their senses. */
  died: number;
  verdict: Verdict;
  repeatedCalls: number;
  inFlight: number;
}

const concurrency = 5;
/** Workers that have been seen waiting so often in a row are on their way to nothing. */
const idleLooks = 15;
const lookMs = 100;
/** Longer than a worker waits before it makes sure of its claims. */
const stoppedMs = 6000;

/** Stops workers in the middle of documents, wakes them when others have finished those, and looks what they write. */
export async function wakeZombies(
  room: Room,
  planned: readonly PlannedSession[],
  expected: Expected,
  options: { zombies: number },
): Promise<ZombieFigures> {
  const placeOf = placesOf(planned);
  await putSchemas(room.context);
  const figures = { zombies: 0, staleWrites: 0, died: 0, inFlight: 0 };
  const rounds = Math.ceil(options.zombies / concurrency);
  for (let round = 0; round < rounds; round++) {
    const sessions = planned.slice(
      Math.floor((planned.length * round) / rounds),
      Math.floor((planned.length * (round + 1)) / rounds),
    );
    const count = Math.min(concurrency, options.zombies - figures.zombies);
    const zombies = await startStuck(room, sessions, count);
    for (const { process } of zombies) process.kill('SIGSTOP');
    const stoppedAt = Date.now();
    const lost = zombies.map(({ name }) => lostCalls(room, name, placeOf));
    await loseHeartbeats(room.context);
    const heir = await room.startWorker();
    await untilEnded(room.context, Math.floor((planned.length * (round + 1)) / rounds));
    // Their heartbeats are made old by hand; their own clocks must have missed one too, as they would have.
    await sleep(Math.max(0, stoppedAt + stoppedMs - Date.now()));
    figures.inFlight += lost.reduce((sum, count) => sum + count(), 0);
    const before = await rowVersions(room.context);
    room.answering.release();
    for (const { process } of zombies) process.kill('SIGCONT');
    figures.died += (await Promise.all(zombies.map((zombie) => comesToItself(room.context, zombie)))).filter(
      (ok) => !ok,
    ).length;
    const after = await rowVersions(room.context);
    figures.staleWrites += [...after].filter((row) => !before.has(row)).length;
    figures.zombies += zombies.length;
    await Promise.all([heir, ...zombies].map((worker) => worker.kill()));
  }
  const verdict = await inspect(room, planned, expected);
  return { ...figures, verdict, repeatedCalls: repeatedCalls(room) };
}

/** Workers that have all documents of these sessions, each waiting for the model. */
async function startStuck(room: Room, sessions: readonly PlannedSession[], count: number): Promise<RoomWorker[]> {
  // Patient ones: a server that seems to hang would pause the heir too.
  const patient = { WORKER_DOCUMENTS: '3', MODEL_TIMEOUT_S: '600' };
  const names = await Promise.all(Array.from({ length: count }, () => room.startWorker(patient)));
  room.answering.hold = new Set(names.map(({ name }) => name));
  for (const session of sessions) await upload(room.context, session);
  const deadline = Date.now() + hangMs;
  while (new Set(room.answering.held()).size < count && Date.now() < deadline) await sleep(20);
  await untilIdle(room, names, deadline);
  return names;
}

/** Waits until no call is on its way any more: one that is begun and not sent would not be counted. */
async function untilIdle(room: Room, workers: readonly RoomWorker[], deadline: number): Promise<void> {
  let held = -1;
  for (let looks = 0; looks < idleLooks && Date.now() < deadline; looks += 1, await sleep(lookMs)) {
    const isIdle = (await Promise.all(workers.map(({ process: { pid = 0 } }) => isWaiting(pid)))).every(Boolean);
    if (!isIdle || room.answering.held().length !== held) looks = 0;
    held = room.answering.held().length;
  }
}

/** Whether no thread of a process runs or would run if a processor were free; true where that cannot be seen. */
async function isWaiting(pid: number): Promise<boolean> {
  const folder = `/proc/${pid}/task`;
  const threads = await readdir(folder).catch(() => []);
  const states = await Promise.all(threads.map((id) => readFile(`${folder}/${id}/stat`, 'utf8').catch(() => '')));
  return states.every((stat) => !stat.includes(') R '));
}

/** As if time had passed: stopped workers send none, and there are no others. */
async function loseHeartbeats({ db }: Context): Promise<void> {
  await db.execute(sql`
    update pgboss.job set heartbeat_on = now() - interval '1 minute' where name = 'documents' and state = 'active'`);
}

/** Each row of a finished document with the transaction that wrote it. */
async function rowVersions({ db }: Context): Promise<Set<string>> {
  const { rows } = await db.execute<{ row: string }>(sql`
    select 'document ' || id || ' ' || xmin as row from documents where status = 'completed'
    union all select 'page ' || document_id || ' ' || page_num || ' ' || xmin from pages
    union all select 'page of account ' || document_id || ' ' || page_num || ' ' || xmin from page_accounts
    union all select 'value ' || id || ' ' || xmin from field_values
    union all select 'account ' || document_id || ' ' || account_index || ' ' || xmin from accounts
    union all select 'session ' || id || ' ' || xmin from sessions where status = 'in_progress'`);
  return new Set(rows.map(({ row }) => row));
}

/** Its heartbeats are new and it works on nothing. */
async function comesToItself({ db }: Context, { process }: RoomWorker): Promise<boolean> {
  for (const deadline = Date.now() + hangMs; Date.now() < deadline; await sleep(100)) {
    const { rows } = await db.execute(sql`
      select 1 from workers where name = ${`worker-${process.pid}`} and active = 0 and heartbeat_at > now() - interval '2 seconds'`);
    if (rows.length > 0) return true;
  }
  return false;
}
