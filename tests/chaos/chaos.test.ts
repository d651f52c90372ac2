import { expect, it } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { expectedOf, runScenario, scenarios, shortRun } from './run.ts';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 100_000);

it(`nothing is lost, doubled or changed by killed, stopped and restarted processes (CHAOS_SEED=${seed})`, async () => {
  const sessions = Math.max(...scenarios.map((name) => shortRun[name].sessions));
  const shared = { share: testDatabase, expected: await expectedOf(seed, sessions, testDatabase) };
  // They mostly wait: for heartbeats to lapse, for servers to start.
  const results = await Promise.all(
    scenarios.map(async (name) => ({ name, ...(await runScenario(name, seed, shortRun[name], shared)) })),
  );
  expect(results.filter(({ isSound }) => !isSound)).toEqual([]);
}, 1_800_000);
