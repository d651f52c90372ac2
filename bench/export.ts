/**
 * `npm run bench -- export [sessions]`: how fast sessions are exported in each format, and how much memory that takes, at
 * 10,000 sessions (or as many as named) against a tenth of them; and how much is read for a client that does not take it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Context } from '#lib/context.ts';
import { exportSessions } from '#lib/exports/stream.ts';
import { exportOptionsOf } from '#lib/exports/query.ts';
import { seedSessions } from './export/seed.ts';
import { onGround } from './pipeline/ground.ts';

const sessions = Number(process.argv[2] ?? 10_000);
/** With the row of the account, 10,000 sessions are just within a workbook. */
const listRows = 8;
const formats = [
  { name: 'json', format: 'json' },
  { name: 'json, full', format: 'json', detail: 'full' },
  { name: 'csv', format: 'csv' },
  { name: 'xlsx', format: 'xlsx' },
];
const signal = new AbortController().signal;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** MB that the process holds. */
const resident = () => process.memoryUsage.rss() / 2 ** 20;

interface Measured {
  seconds: number;
  megabytes: number;
  /** The most that the process held more than before, in MB. */
  growth: number;
  /** What is alive, in MB, after each quarter of the bytes, where it was said how many there will be. */
  alive: number[];
}

async function measure(context: Context, query: object, expected = Number.POSITIVE_INFINITY): Promise<Measured> {
  collect();
  const before = resident();
  let most = before;
  let size = 0;
  const alive: number[] = [];
  const watch = setInterval(() => (most = Math.max(most, resident())), 10);
  const start = performance.now();
  const { stream } = await exportSessions(context, {
    target: { filter: {} },
    ...exportOptionsOf({ ...query }),
    signal,
  });
  for await (const chunk of stream) {
    size += chunk.length;
    most = Math.max(most, resident());
    if (size < ((alive.length + 1) * expected) / 4) continue;
    collect();
    alive.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  clearInterval(watch);
  return { seconds: (performance.now() - start) / 1000, megabytes: size / 2 ** 20, growth: most - before, alive };
}

/** How many batches are read for a client that takes the first bytes and then waits. */
async function idleBatches({ db, spoolDir }: Context): Promise<number> {
  let batches = 0;
  const counting: typeof db = Object.create(db, {
    transaction: {
      value: (...given: Parameters<typeof db.transaction>) => {
        batches += 1;
        return db.transaction(...given);
      },
    },
  });
  const options = exportOptionsOf({ detail: 'full' });
  const { stream } = await exportSessions({ db: counting, spoolDir }, { target: { filter: {} }, ...options, signal });
  const reader = stream.getReader();
  await reader.read();
  await sleep(1000);
  await reader.cancel();
  return batches;
}

await onGround(async ({ context }) => {
  const few = Math.ceil(sessions / 10);
  await seedSessions(context, few, listRows);
  for (const query of formats) await measure(context, query);
  const small = new Map<string, Measured>();
  for (const query of formats) small.set(query.name, await measure(context, query));
  await seedSessions(context, sessions - few, listRows);
  const rows = sessions * (listRows + 1);
  const table = [];
  for (const query of formats) {
    const { seconds, megabytes, growth } = await measure(context, query);
    const { alive } = await measure(context, query, megabytes * 2 ** 20);
    table.push({
      format: query.name,
      seconds: seconds.toFixed(1),
      'rows/s': Math.round(rows / seconds),
      MB: megabytes.toFixed(1),
      [`growth at ${few}`]: small.get(query.name)?.growth.toFixed(0),
      [`growth at ${sessions}`]: growth.toFixed(0),
      'heap after each quarter': alive.map((one) => one.toFixed(0)).join(', '),
    });
  }
  console.log(`\n${sessions} sessions, ${rows} rows of accounts and lists; growth of RSS and live heap in MB`);
  console.table(table);
  console.log(`  batches of 100 sessions read for a client that takes 64 kB and waits: ${await idleBatches(context)}`);
});
