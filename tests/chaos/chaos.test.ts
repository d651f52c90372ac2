import { expect, it } from 'vitest';
import { runScenario, scenarios, shortRun } from './run.ts';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 100_000);

it(`nothing is lost, doubled or changed by killed, stopped and restarted processes (CHAOS_SEED=${seed})`, async () => {
  // They mostly wait: for heartbeats to lapse, for servers to start.
  const results = await Promise.all(
    scenarios.map(async (name) => ({ name, ...(await runScenario(name, seed, shortRun[name])) })),
  );
  expect(results.filter(({ isSound }) => !isSound)).toEqual([]);
}, 180_000);
