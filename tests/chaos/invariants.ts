import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { getResults } from '#lib/results/get.ts';
import { filesBelow } from './left-files.ts';
import type { ModelCall } from '#tests/support/model-server.ts';
import { workerOf } from './answering.ts';
import type { Room } from './room.ts';
import { type PlannedSession, putSchemas, upload } from './workload.ts';

const leftMs = 20_000;

/** What each session gives when nothing goes wrong, by name. */
export type Expected = ReadonlyMap<string, string>;

/** What is wrong after a run, said in sentences; empty when all invariants hold. */
export interface Verdict {
  sessions: number;
  /** Sessions that did not end with all that an undisturbed run gives. */
  lost: string[];
  /** Sessions with anything more than that. */
  doubled: string[];
  other: string[];
}

/** Runs the same sessions in peace. */
export async function undisturbed(room: Room, planned: readonly PlannedSession[]): Promise<Expected> {
  await putSchemas(room.context);
  for (const session of planned) await upload(room.context, session);
  await Promise.all([room.startWorker(), room.startWorker()]);
  await untilEnded(room.context, planned.length);
  return results(room.context);
}

/** Only a hang takes so long. */
export const hangMs = 600_000;

/** Waits until no session is processed any more. */
export async function untilEnded(context: Context, sessions: number): Promise<void> {
  for (const deadline = Date.now() + hangMs; ;) {
    const answer = await context.db
      .execute<{ ended: number }>(sql`select count(*)::int as ended from sessions where status <> 'processing'`)
      .catch(() => null);
    if (answer?.rows[0]?.ended === sessions) return;
    if (Date.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function results({ db }: Context): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const { rows } = await db.execute<{ id: string; name: string }>(sql`select id, name from sessions order by id`);
  for (const { id, name } of rows) {
    const { accounts } = await getResults({ db }, { sessionId: id });
    const plain = accounts.map(({ account_index, account_number, pages, data, fields }) => {
      const values = fields.map(({ path, value, raw, state, evidence, trust }) => [
        path,
        value,
        raw,
        state,
        evidence,
        trust,
      ]);
      return { account_index, account_number, pages, data, values };
    });
    found.set(name, JSON.stringify(plain));
  }
  return found;
}

/** Looks at every invariant of a run that has ended. */
export async function inspect(room: Room, planned: readonly PlannedSession[], expected: Expected): Promise<Verdict> {
  const { db } = room.context;
  const given = await results(room.context);
  const names = async (query: ReturnType<typeof sql>) =>
    (await db.execute<{ name: string }>(query)).rows.map(({ name }) => name);
  const unfinished = await names(sql`
    select name || ' is ' || status || coalesce(' ' || failure_reason::text, '') || case when partial then ' partial' else '' end
        || coalesce((select string_agg(' (page ' || p.page_num || ': ' || p.failure_reason || ', ' || p.failure_message || ')', '')
            from pages p join documents d on d.id = p.document_id where d.session_id = sessions.id and p.status = 'failed'), '') as name
    from sessions where status <> 'in_progress' or partial or waiting is not null`);
  const withoutPages = await names(sql`
    select s.name || ' lacks pages' as name from sessions s join documents d on d.session_id = s.id
      join runs r on r.session_id = s.id and r.number = s.run
    where d.status <> 'completed' or d.pages_processed <> d.pages_total or d.pages_total = 0
      or d.pages_total <> (select count(*) from pages p where p.document_id = d.id and p.run_id = r.id and p.status = 'completed')
      or d.pages_total <> (select count(*) from page_accounts p where p.document_id = d.id and p.run_id = r.id)`);
  const different = planned.filter(({ name }) => given.get(name) !== expected.get(name)).map(({ name }) => name);
  const twice = await names(sql`
    select s.name || ' has values twice' as name from field_values v join runs r on r.id = v.run_id
      join sessions s on s.id = r.session_id
    group by s.name, v.run_id, v.document_id, v.account_index, v.position having count(*) > 1`);
  const sessionsTwice = await names(sql`select name from sessions group by name having count(*) > 1`);
  const jobs = await names(sql`
    select 'a job of ' || name || ' is ' || state as name from pgboss.job
    where name in ('documents', 'documents-dead') and state not in ('completed', 'cancelled')`);
  return {
    sessions: given.size,
    lost: [...unfinished, ...withoutPages, ...different.map((name) => `${name} differs`)],
    doubled: [...twice, ...sessionsTwice.map((name) => `${name} is there twice`)],
    other: [...jobs, ...(await leftFiles(room))],
  };
}

/** Temporary files that are there after the run, once a process that starts has swept. */
async function leftFiles({ context }: Room): Promise<string[]> {
  let left: string[] = [];
  // A worker that just ended its last document may still be removing what it worked with.
  for (const deadline = Date.now() + leftMs; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    left = await filesBelow(['spool', 'work'].map((name) => join(context.env.DATA_DIR, name)));
    if (left.length === 0 || Date.now() > deadline) return left.map((path) => `${path} is left`);
  }
}

export const isSound = ({ lost, doubled, other }: Verdict) => [...lost, ...doubled, ...other].length === 0;

/** How many calls of a worker, up to now, have no result that is kept: what may be asked again when it is lost now. */
export function unkeptCalls(room: Room, worker: string, placeOf: (pageText: string) => Place | null): number {
  return lostCalls(room, worker, placeOf)();
}

/**
 * The same for a worker that is lost now and calls no more, to be counted when the last call that it sent has surely
 * arrived. A page is found in the storage by its document's hash and its number.
 */
export function lostCalls(room: Room, worker: string, placeOf: (pageText: string) => Place | null): () => number {
  const kept = new Set(
    [...room.s3.objects.keys()].flatMap((key) => {
      const [, sha256, page] = /page_data\/(\w+)\/\w+\/page_(\d+)\.json$/.exec(key) ?? [];
      return sha256 ? [`${sha256}/${page}`] : [];
    }),
  );
  const isOpen = (call: ModelCall) => {
    const place = workerOf(call) === worker ? placeOf(call.pageText) : null;
    return place !== null && !kept.has(`${place.sha256}/${place.page}`);
  };
  return () => room.model.calls.filter(isOpen).length;
}

interface Place {
  sha256: string;
  page: number;
}

/** Calls beyond one for each page and one for each that was made to fail. */
export function repeatedCalls(room: Room): number {
  const pages = new Set(room.model.calls.map((call) => call.pageText));
  return room.model.calls.length - pages.size - room.answering.failed();
}
