import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { owner } from '#lib/core/actor.ts';
import { openServices } from '#lib/context.ts';
import { parseEnv } from '#lib/env.ts';
import { RequestError } from '#lib/core/errors.ts';
import { ClaimLost } from '#lib/queue/documents.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { testDatabase } from '#tests/support/database.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { reportIdleWorker } from '#tests/support/worker-row.ts';
import { startJitter } from './jitter.ts';
import { openScene, type Scene, schema, shuffle, slug } from './scene.ts';
import { verbs } from './verbs.ts';

const seed = Number(process.env.DEADLOCK_SEED ?? Date.now() % 100_000);
const sceneConcurrency = 5;

let database: Awaited<ReturnType<typeof testDatabase>>;
let dir: string;
beforeEach(async () => {
  database = await testDatabase();
  dir = await mkdtemp(join(tmpdir(), 'sluice-deadlocks-'));
});
afterEach(async () => {
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

it(`no two verbs wait for each other in a circle (DEADLOCK_SEED=${seed})`, async () => {
  const random = seeded(seed);
  const warnings: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  const jitter = await startJitter(database.url, () => random.int(0, 3));
  const env = parseEnv({ DATABASE_URL: jitter.url, DATA_DIR: dir });
  const context = { ...(await openServices('test', env, { monitor: false, log })), actor: owner };
  await putSchema(context, { slug, definition: schema });
  await reportIdleWorker(context);
  const pairs = pairsOf(Object.keys(verbs));
  const batches = Array.from({ length: sceneConcurrency }, (_, number) =>
    pairs.filter((_pair, index) => index % sceneConcurrency === number),
  );
  const unexpected: string[] = [];
  await Promise.all(
    batches.map(async (batch) => {
      let scene: Scene | null = null;
      for (const pair of batch) {
        scene ??= await openScene(context, random);
        await meet(scene, pair, unexpected);
        if (pair.includes('remove')) scene = null;
      }
    }),
  );
  await context.close();
  await jitter.close();
  const deadlocks = await deadlocksOf(database.url);
  expect({ unexpected, warnings, deadlocks }).toEqual({ unexpected: [], warnings: [], deadlocks: 0 });
}, 300_000);

/** Each with itself too. */
function pairsOf(names: readonly string[]): [string, string][] {
  return names.flatMap((name, index) => names.slice(index).map((other): [string, string] => [name, other]));
}

/** Has two verbs at once at the same session, each twice; refusals are part of it. */
async function meet(scene: Scene, pair: readonly string[], unexpected: string[]): Promise<void> {
  await shuffle(scene);
  const outcomes = await Promise.allSettled([...pair, ...pair].map(async (name) => verbs[name]?.(scene)));
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    const { reason } = outcome;
    if (reason instanceof RequestError || reason instanceof ClaimLost) continue;
    unexpected.push(`${pair.join(' and ')}: ${String(reason)}`);
  }
}

/** As PostgreSQL counted them, in transactions of pg-boss too; its connections are closed. */
async function deadlocksOf(url: string): Promise<number> {
  const server = postgres(inject('postgresUrl'), { max: 1 });
  const [row] = await server`select deadlocks from pg_stat_database where datname = ${new URL(url).pathname.slice(1)}`;
  await server.end();
  return Number(row?.deadlocks);
}
