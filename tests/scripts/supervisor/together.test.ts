import { once } from 'node:events';
import { expect, it } from 'vitest';
import { together } from '#scripts/supervisor/together.ts';

const never = new AbortController().signal;

it('gives both results', async () => {
  expect(
    await together(
      never,
      async () => 1,
      async () => 'b',
    ),
  ).toEqual([1, 'b']);
});

it('stops the other when one fails, waits for its end, and fails with the first error', async () => {
  const ended: string[] = [];
  const goingOn = async (signal: AbortSignal) => {
    await once(signal, 'abort');
    await new Promise(setImmediate);
    ended.push('the other');
    signal.throwIfAborted();
  };
  const failing = async () => {
    throw new Error('no database');
  };
  await expect(together(never, goingOn, failing)).rejects.toThrow('no database');
  await expect(together(never, failing, goingOn)).rejects.toThrow('no database');
  expect(ended).toHaveLength(2);
});

it('stops both when it is told to stop', async () => {
  const stop = new AbortController();
  const until = async (signal: AbortSignal) => {
    await once(signal, 'abort');
    signal.throwIfAborted();
  };
  const both = together(stop.signal, until, until);
  stop.abort(new Error('stopped'));
  await expect(both).rejects.toThrow('stopped');
});
