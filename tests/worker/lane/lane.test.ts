import { describe, expect, test } from 'vitest';
import type { Priority } from '#lib/core/schema/definition.ts';
import { CallError } from '#worker/lane/call-error.ts';
import { LaneWaiting } from '#worker/lane/gate.ts';
import { openLane } from '#worker/lane/lane.ts';
import { manualClock, settle } from '../engines/model/manual-clock.ts';
import { never } from '../engines/model/support.ts';

const busy = (retryAfterMs: number | null = null) => new CallError('busy', 'HTTP 429', { retryAfterMs });
const request = (key = 'a', priority: Priority = 'normal', signal = never) => ({ key, priority, signal });

/** Calls that end when they are told to. */
function openCalls() {
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  return {
    started,
    call: (name: string) => () => {
      started.push(name);
      const end = Promise.withResolvers<string>();
      ends.set(name, end);
      return end.promise;
    },
    end: async (name: string, error?: Error) => {
      if (error) ends.get(name)?.reject(error);
      else ends.get(name)?.resolve(name);
      await settle();
    },
  };
}

/** What a promise was rejected with; null when it was not. */
function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('turns', () => {
  test('higher priorities go first, and documents of one priority take turns', async () => {
    const lane = openLane({ concurrency: 1 });
    const calls = openCalls();
    const names = ['first', 'long1', 'long2', 'long3', 'low1', 'short1', 'high1'];
    const priorities: Record<string, Priority> = { low: 'low', high: 'high' };
    const all = names.map((name) => {
      const key = name.replace(/\d/, '');
      return lane.run(request(key, priorities[key] ?? 'normal'), calls.call(name));
    });
    await settle();
    for (let index = 0; index < names.length; index++) await calls.end(calls.started[index] ?? '');
    await Promise.all(all);
    expect(calls.started).toEqual(['first', 'high1', 'long1', 'short1', 'long2', 'long3', 'low1']);
  });

  test('no more run at a time than allowed', async () => {
    const lane = openLane({ concurrency: 2 });
    const calls = openCalls();
    const all = ['1', '2', '3'].map((name) => lane.run(request(), calls.call(name)));
    await settle();
    expect(lane.state()).toMatchObject({ limit: 2, running: 2, queued: 1 });
    for (const name of ['1', '2', '3']) await calls.end(name);
    await Promise.all(all);
    expect(lane.state()).toMatchObject({ running: 0, queued: 0 });
  });

  test('a document that is moved to another priority is moved with all that waits', async () => {
    const lane = openLane({ concurrency: 1 });
    const calls = openCalls();
    const all = [
      lane.run(request('x'), calls.call('x')),
      lane.run(request('a'), calls.call('a1')),
      lane.run(request('b', 'low'), calls.call('b1')),
      lane.run(request('b', 'low'), calls.call('b2')),
    ];
    await settle();
    lane.move('b', 'high');
    for (const name of ['x', 'b1', 'b2', 'a1']) await calls.end(name);
    await Promise.all(all);
    expect(calls.started).toEqual(['x', 'b1', 'b2', 'a1']);
  });
});

describe('cancelling', () => {
  test('takes a waiting call out of the line at once', async () => {
    const lane = openLane({ concurrency: 1 });
    const calls = openCalls();
    const stop = new AbortController();
    const running = lane.run(request(), calls.call('1'));
    const waiting = rejection(lane.run(request('a', 'normal', stop.signal), calls.call('2')));
    stop.abort(new Error('stopped'));
    expect(await waiting).toMatchObject({ message: 'stopped' });
    expect(lane.state().queued).toBe(0);
    await calls.end('1');
    await running;
    expect(calls.started).toEqual(['1']);
  });

  test('ends a wait between two tries at once', async () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 1, clock });
    const stop = new AbortController();
    const run = rejection(lane.run(request('a', 'normal', stop.signal), () => Promise.reject(busy())));
    await settle();
    stop.abort(new Error('stopped'));
    expect(await run).toMatchObject({ message: 'stopped' });
  });
});

describe('the width of the lane', () => {
  test('shrinks once for all calls of one round that are turned away, and grows by two for each round of answers', async () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 10, clock });
    const calls = openCalls();
    const all = Array.from({ length: 10 }, (_, index) => rejection(lane.run(request(), calls.call(`${index}`))));
    await settle();
    for (let index = 0; index < 4; index++) await calls.end(`${index}`, busy());
    expect(lane.state().limit).toBe(7);
    for (let index = 4; index < 10; index++) await calls.end(`${index}`);
    await clock.advance(1000);
    for (let index = 0; index < 4; index++) await calls.end(`${index}`);
    await Promise.all(all);
    expect(lane.state().limit).toBe(9);
  });

  test('never falls below one', async () => {
    const clock = manualClock(0);
    const lane = openLane({ concurrency: 4, clock });
    let left = 50;
    const run = lane.run(request(), () => (left-- > 0 ? Promise.reject(busy()) : Promise.resolve('done')));
    await clock.advance(10_000);
    expect(await run).toBe('done');
    expect(lane.state().limit).toBeGreaterThanOrEqual(1);
  });
});

describe('a server that asks to wait', () => {
  test('for a short time is waited for, by all calls', async () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 2, clock });
    let tries = 0;
    const first = lane.run(request(), () => (tries++ === 0 ? Promise.reject(busy(3000)) : Promise.resolve('first')));
    await settle();
    let isStarted = false;
    const second = lane.run(request('b'), async () => (isStarted = true));
    await clock.advance(2999);
    expect([tries, isStarted]).toEqual([1, false]);
    await clock.advance(1);
    expect(await Promise.all([first, second])).toEqual(['first', true]);
  });

  test('for a long time hands everything back at once, and tells the others', async () => {
    const clock = manualClock();
    const told: [number, string][] = [];
    const lane = openLane({ concurrency: 1, clock, onPause: (until, reason) => told.push([until, reason]) });
    const until = clock.now() + 600_000;
    const asking = rejection(lane.run(request(), () => Promise.reject(busy(600_000))));
    const queued = rejection(lane.run(request('b'), () => Promise.resolve()));
    for (const handedBack of [
      await asking,
      await queued,
      await rejection(lane.run(request('c'), () => Promise.resolve())),
    ]) {
      expect(handedBack).toBeInstanceOf(LaneWaiting);
      expect(handedBack).toMatchObject({ until: new Date(until), reason: 'The model server asked to wait' });
    }
    expect(told).toEqual([[until, 'The model server asked to wait']]);
    expect(lane.state().pausedUntil).toBe(until);
    await clock.advance(600_000);
    expect(lane.state().pausedUntil).toBeNull();
    expect(await lane.run(request(), () => Promise.resolve('on again'))).toBe('on again');
  });

  test('again and again hands the document back instead of holding its slot', async () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 1, clock });
    const run = rejection(lane.run(request(), () => Promise.reject(busy(2000))));
    await clock.advance(10_000);
    expect(await run).toBeInstanceOf(LaneWaiting);
  });

  test('for no time at all is not asked without end', async () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 1, clock });
    let tries = 0;
    const run = rejection(
      lane.run(request(), () => {
        tries += 1;
        return Promise.reject(busy(0));
      }),
    );
    await clock.advance(20_000);
    expect(await run).toBeInstanceOf(LaneWaiting);
    expect(tries).toBeLessThan(10);
  });

  test('a pause that another worker tells of is not told again', async () => {
    const clock = manualClock();
    const told: number[] = [];
    const lane = openLane({ concurrency: 1, clock, onPause: (until) => told.push(until) });
    lane.pause(clock.now() + 60_000, 'elsewhere');
    expect(await rejection(lane.run(request(), () => Promise.resolve()))).toMatchObject({ reason: 'elsewhere' });
    expect(told).toEqual([]);
  });

  test('a shorter pause does not end a longer one', () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 1, clock });
    lane.pause(clock.now() + 60_000, 'long');
    lane.pause(clock.now() + 1000, 'short');
    expect(lane.state()).toMatchObject({ pausedUntil: clock.now() + 60_000, reason: 'long' });
  });
});

describe('failures', () => {
  test('are tried again with growing waits, five times in all', async () => {
    const clock = manualClock(0.999);
    const lane = openLane({ concurrency: 1, clock });
    const at: number[] = [];
    const began = clock.now();
    const run = rejection(
      lane.run(request(), () => {
        at.push(clock.now() - began);
        return Promise.reject(new CallError('unavailable', 'HTTP 500'));
      }),
    );
    await clock.advance(20_000);
    expect(await run).toMatchObject({ kind: 'unavailable' });
    expect(at.map((ms) => Math.round(ms / 100) * 100)).toEqual([0, 500, 1500, 3500, 7500]);
  });

  test('that no try can mend are thrown at once', async () => {
    const lane = openLane({ concurrency: 1 });
    await expect(lane.run(request(), () => Promise.reject(new TypeError('wrong')))).rejects.toThrow('wrong');
    expect(lane.state()).toMatchObject({ running: 0, limit: 1 });
  });

  test('hold up no other call while they wait', async () => {
    const clock = manualClock();
    const lane = openLane({ concurrency: 1, clock });
    let tries = 0;
    const first = lane.run(request(), () =>
      tries++ === 0 ? Promise.reject(new CallError('unavailable', 'HTTP 500')) : Promise.resolve('first'),
    );
    expect(await lane.run(request('b'), () => Promise.resolve('second'))).toBe('second');
    await clock.advance(1000);
    expect(await first).toBe('first');
  });

  test('a server that hangs is left alone for a minute', async () => {
    const clock = manualClock(0);
    const lane = openLane({ concurrency: 8, clock });
    const runs = Array.from({ length: 8 }, (_, index) =>
      rejection(lane.run(request(`${index}`), () => Promise.reject(new CallError('timed_out', 'no answer')))),
    );
    await clock.advance(1000);
    for (const run of runs)
      expect(await run).toMatchObject({ name: 'LaneWaiting', reason: 'The model server does not answer' });
  });
});

describe('what comes before a call', () => {
  test('may break it off: then it is not made, and the next one is', async () => {
    const lost = new AbortController();
    const lane = openLane({
      concurrency: 1,
      beforeCall: async () => lost.abort(new Error('the claim is lost')),
    });
    const calls = openCalls();
    const failed = rejection(lane.run(request('a', 'normal', lost.signal), calls.call('lost')));
    const kept = lane.run(request('b'), calls.call('kept'));
    expect(await failed).toEqual(new Error('the claim is lost'));
    await settle();
    await calls.end('kept');
    expect(await kept).toBe('kept');
    expect(calls.started).toEqual(['kept']);
    expect(lane.state()).toMatchObject({ running: 0, queued: 0 });
  });
});
