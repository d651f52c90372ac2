import { describe, expect, it } from 'vitest';
import { openLines } from '#worker/lines.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Work that is counted, each piece of which ends when it is told to. */
function countedWork(pieces: number) {
  const open: (() => void)[] = [];
  const seen = { left: pieces, running: 0, most: 0, done: 0 };
  const doNext = async () => {
    if (seen.left === 0) return false;
    seen.left -= 1;
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    await new Promise<void>((resolve) => open.push(resolve));
    seen.running -= 1;
    seen.done += 1;
    return true;
  };
  const finishAll = async () => {
    for (;;) {
      await turn();
      if (open.length === 0) return;
      for (const end of open.splice(0)) end();
    }
  };
  return { seen, doNext, finishAll };
}

const unexpected = (error: unknown) => {
  throw error;
};

describe('lines of work', () => {
  it('are never more than allowed, however often they are woken, and do everything', async () => {
    const { seen, doNext, finishAll } = countedWork(20);
    const lines = openLines(3, doNext, unexpected);
    for (let time = 0; time < 50; time++) lines.wake();
    await finishAll();
    expect(seen).toMatchObject({ left: 0, done: 20, most: 3 });
  });

  it('do what comes just after they found nothing', async () => {
    const waiting: string[] = [];
    const done: string[] = [];
    let looked = () => {};
    const lines = openLines(
      1,
      async () => {
        const next = waiting.shift();
        looked();
        await turn();
        if (next) done.push(next);
        return next !== undefined;
      },
      unexpected,
    );
    // While the look that finds nothing is under way.
    looked = () => {
      looked = () => {};
      waiting.push('late');
      lines.wake();
    };
    lines.wake();
    for (let turns = 0; turns < 10; turns++) await turn();
    expect(done).toEqual(['late']);
  });

  it('go on after an error, when they are woken again', async () => {
    const errors: unknown[] = [];
    let calls = 0;
    const lines = openLines(
      1,
      async () => {
        calls += 1;
        if (calls === 1) throw new Error('a bad moment');
        return calls < 4;
      },
      (error) => errors.push(error),
    );
    lines.wake();
    await turn();
    expect([errors.length, calls]).toEqual([1, 1]);
    lines.wake();
    await turn();
    expect([errors.length, calls]).toEqual([1, 4]);
  });

  it('end what runs, and begin nothing more, when they are closed', async () => {
    const { seen, doNext, finishAll } = countedWork(5);
    const lines = openLines(2, doNext, unexpected);
    lines.wake();
    lines.wake();
    await turn();
    const closed = lines.close();
    lines.wake();
    await finishAll();
    await closed;
    expect(seen).toMatchObject({ done: 2, left: 3 });
  });
});
