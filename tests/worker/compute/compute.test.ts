import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Compute, type ComputeOptions, openCompute } from '#worker/compute/compute.ts';
import { startThread } from '#worker/compute/thread.ts';
import type { tasks } from './odd-tasks.ts';

type Odd = Compute<typeof tasks>;

const opened: Odd[] = [];
function open(size: number): Odd {
  const compute = openCompute<typeof tasks>({
    tasks: new URL('./odd-tasks.ts', import.meta.url),
    size,
    heapMegabytes: 64,
  });
  opened.push(compute);
  return compute;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((compute) => compute.close()));
});

const options = (more: Partial<ComputeOptions> = {}): ComputeOptions => ({ key: 'document', limitMs: 60_000, ...more });
const echo = (compute: Odd, value: string, key = 'document') => compute.run('echo', { value }, options({ key }));

describe('a task that never ends', () => {
  it('is ended at its limit as too complex, while the worker goes on answering', async () => {
    const compute = open(1);
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 10);
    await expect(compute.run('spin', {}, options({ limitMs: 300 }))).rejects.toMatchObject({
      reason: 'too_complex',
      message: expect.stringContaining('0.3 s of processor time'),
    });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
    expect(await echo(compute, 'after')).toBe('after');
  });

  it('ends when its document is cancelled', async () => {
    const compute = open(1);
    const stop = new AbortController();
    const spinning = compute.run('spin', {}, options({ signal: stop.signal }));
    const queued = compute.run('echo', { value: 'never' }, options({ signal: stop.signal }));
    const ended = Promise.allSettled([spinning, queued]);
    const reason = new Error('cancelled');
    stop.abort(reason);
    expect(await ended).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    // The only thread is free again.
    expect(await echo(compute, 'after')).toBe('after');
    await expect(compute.run('spin', {}, options({ signal: stop.signal }))).rejects.toBe(reason);
  });

  it('does not hold up other documents, however many its document has', async () => {
    const compute = open(2);
    const stop = new AbortController();
    const hostile = options({ key: 'hostile', signal: stop.signal });
    const spinning = Array.from({ length: 5 }, () => compute.run('spin', {}, hostile).catch(() => 'ended'));
    expect(await echo(compute, 'first', 'other')).toBe('first');
    expect(await echo(compute, 'second', 'another')).toBe('second');
    stop.abort();
    expect(await Promise.all(spinning)).toEqual(Array.from({ length: 5 }, () => 'ended'));
  });

  it('ends when the worker closes', async () => {
    const compute = open(1);
    const spinning = compute.run('spin', {}, options());
    const queued = echo(compute, 'never');
    const ended = Promise.allSettled([spinning, queued]);
    await sleep(0);
    await compute.close();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(echo(compute, 'late')).rejects.toThrow('closed');
  });
});

describe('a task', () => {
  it('that only waits, as on a busy machine, is not ended', async () => {
    expect(await open(1).run('sleep', { ms: 500 }, options({ limitMs: 100 }))).toBe('slept');
  });

  it('that takes all memory is ended as too complex, and nothing else is', async () => {
    const compute = open(2);
    const hoarding = compute.run('hoard', {}, options({ key: 'hoard' }));
    expect(await echo(compute, 'beside', 'other')).toBe('beside');
    await expect(hoarding).rejects.toMatchObject({
      reason: 'too_complex',
      message: expect.stringContaining('64 MB of memory'),
    });
    expect(await echo(compute, 'after', 'hoard')).toBe('after');
  });

  it('gives its failure with the reason, and a fault of ours as the cause', async () => {
    const compute = open(1);
    await expect(compute.run('refuse', {}, options())).rejects.toMatchObject({ reason: 'no_text_found' });
    await expect(compute.run('fail', {}, options())).rejects.toMatchObject({
      message: 'the task fail failed',
      cause: { name: 'RangeError', message: 'a fault of ours' },
    });
    expect(await echo(compute, 'after')).toBe('after');
  });

  it('finds the same definition again in its thread, and gets one that it had to forget once more', async () => {
    const compute = open(1);
    const known = (definition: object) => compute.run('isKnown', { definition }, options());
    const definitions = Array.from({ length: 20 }, (_, index) => ({ index }));
    const [first, ...others] = definitions;
    if (!first) throw new Error('there is none');
    expect([await known(first), await known(first)]).toEqual([false, true]);
    for (const other of others) expect(await known(other)).toBe(false);
    expect([await known(first), await known(first)]).toEqual([false, true]);
  });
});

describe('a thread', () => {
  it('takes no job any more once it was asked to end, though it has not ended yet', async () => {
    const thread = startThread(new URL('./odd-tasks.ts', import.meta.url), 64);
    expect(thread.isAlive()).toBe(true);
    const ending = thread.end();
    expect(thread.isAlive()).toBe(false);
    await ending;
  });
});
