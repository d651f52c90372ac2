import postgres from 'postgres';
import type { Context } from '#lib/context.ts';
import { onGround } from './ground.ts';
import { inTurns, type Line, lineOf, timed } from './line.ts';

const samples = 40;

/** What it takes to claim a document with a million waiting, against a thousand. */
export function claim(): Promise<Line[]> {
  return onGround((many) =>
    onGround(async (few) => {
      await Promise.all([fill(many.context, many.url, 1_000_000), fill(few.context, few.url, 1000)]);
      const rounds = await inTurns({ rounds: 7, samples }, claiming(many.context), claiming(few.context));
      const what = 'claim at 1,000,000 queued / at 1,000';
      return [lineOf({ what, unit: 'ms', rounds, target: { atMost: 1.5 }, note: `each of ${samples} taken in turn` })];
    }),
  );
}

function claiming({ queue }: Context) {
  return () =>
    timed(async () => {
      const jobs = await queue.claim(1);
      if (jobs.length !== 1) throw new Error('nothing could be claimed');
    });
}

/** Copies of one job that the queue made itself, of all priorities. */
async function fill({ queue, db }: Context, connectionString: string, jobs: number): Promise<void> {
  await db.transaction((tx) => queue.enqueue(tx, [{ documentId: crypto.randomUUID(), priority: 1 }]));
  const sql = postgres(connectionString, { max: 1, onnotice: () => {} });
  const [columns] = await sql`
    select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
    where table_schema = 'pgboss' and table_name = 'job_common' and column_name not in ('id', 'priority', 'created_on')`;
  const others = String(columns?.names);
  await sql.unsafe(
    `insert into pgboss.job_common (id, priority, created_on, ${others})
      select gen_random_uuid(), n % 3, now() - n * interval '1 ms', ${others}
      from pgboss.job_common, generate_series(2, $1::int) n where name = 'documents'`,
    [jobs],
  );
  await sql`vacuum analyze pgboss.job_common`;
  await sql.end();
}
