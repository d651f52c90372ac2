import { expect, test } from 'vitest';
import { watchPeak } from './peak.ts';
import { bombTrials, mutationTrials, runTrials, type Trial } from './run.ts';

test(
  'every file made to hurt ends as its ledger says, within memory and time, and leaves nothing behind',
  { timeout: 1_800_000 },
  async () => {
    const trials: Trial[] = [];
    const watch = watchPeak();
    const files = [...(await bombTrials(false)), ...(await mutationTrials(12))];
    const { leftovers } = await runTrials(files, 2, (trial) => trials.push(trial));
    watch.stop();
    expect(trials.filter((trial) => !trial.isRight)).toEqual([]);
    expect(trials).toHaveLength(files.length);
    expect(leftovers).toEqual([]);
    expect(watch.peakBytes()).toBeLessThan(1024 ** 3);
  },
);
