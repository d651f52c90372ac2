import { describe, expect, it } from 'vitest';
import { runScenario, scenarios, shortRun } from './run.ts';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 100_000);

describe(`under chaos, with CHAOS_SEED=${seed}`, () => {
  it.each(scenarios)(
    'nothing is lost, doubled or changed: %s',
    async (name) => {
      expect(await runScenario(name, seed, shortRun[name])).toMatchObject({ isSound: true });
    },
    120_000,
  );
});
