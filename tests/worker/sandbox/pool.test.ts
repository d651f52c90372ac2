import pino from 'pino';
import { expect, test } from 'vitest';
import { openPool } from '#worker/readers/sandbox/pool.ts';
import type { ReaderProcess } from '#worker/readers/sandbox/process.ts';

const log = pino({ level: 'silent' });

/** A process that only says whether it is fit. */
function processOf() {
  const state = { isFit: true, isEnded: false };
  const process: ReaderProcess = {
    isFit: () => state.isFit,
    async *ask() {},
    async end() {
      state.isEnded = true;
      state.isFit = false;
    },
  };
  return { ...state, state, process };
}

test('a process that is given back is used again, a worn one is ended and replaced', async () => {
  const started: ReturnType<typeof processOf>[] = [];
  const pool = openPool(
    1,
    async () => {
      const one = processOf();
      started.push(one);
      return one.process;
    },
    log,
  );
  const first = await pool.take(true);
  pool.give(first);
  expect(await pool.take(true)).toBe(first);
  const worn = started[0]?.state;
  if (worn) worn.isFit = false;
  pool.give(first);
  expect(await pool.take(true)).not.toBe(first);
  expect(worn?.isEnded).toBe(true);
  expect(started).toHaveLength(2);
  await pool.close();
});

test('who waits urgently comes before the others, and nobody gets a process twice', async () => {
  const pool = openPool(1, async () => processOf().process, log);
  const process = await pool.take(false);
  const order: string[] = [];
  const slow = pool.take(false).then((own) => {
    order.push('recognise');
    pool.give(own);
  });
  const quick = pool.take(true).then((own) => {
    order.push('read');
    pool.give(own);
  });
  expect(order).toEqual([]);
  pool.give(process);
  await Promise.all([slow, quick]);
  expect(order).toEqual(['read', 'recognise']);
  await pool.close();
});

test('who stops waiting takes no process', async () => {
  const pool = openPool(1, async () => processOf().process, log);
  const process = await pool.take(true);
  const stop = new AbortController();
  const waiting = pool.take(true, stop.signal);
  stop.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
  pool.give(process);
  expect(await pool.take(true)).toBe(process);
  await pool.close();
});

test('a process that cannot start fails the one that waits for it, not the next', async () => {
  let tries = 0;
  const pool = openPool(
    1,
    async () => {
      tries += 1;
      if (tries === 1) throw new Error('no memory');
      return processOf().process;
    },
    log,
  );
  await expect(pool.take(true)).rejects.toThrow('no memory');
  await expect(pool.take(true)).resolves.toBeDefined();
  await pool.close();
});
