import type { Priority } from '#lib/extraction/definition.ts';
import { Waiting } from '../../work.ts';
import { CallError } from './call-error.ts';
import { type Clock, delay, systemClock } from './clock.ts';
import { type Entry, openLaneQueue } from './lane-queue.ts';

/** A call would have to wait longer than a slot may be held: its document goes back to the queue. */
export class LaneWaiting extends Waiting {
  override name = 'LaneWaiting';
}

export interface LaneOrder {
  priority: Priority;
  /** What takes turns with others of its priority: the document's id. */
  key: string;
  signal: AbortSignal;
}

export interface LaneState {
  /** Calls allowed at a time just now. */
  limit: number;
  running: number;
  queued: number;
  /** No call is started before; milliseconds since the epoch. */
  pausedUntil: number | null;
  reason: string | null;
}

/** The adaptive line of model calls of a worker. */
export interface Lane {
  /**
   * Runs a call in its turn, again after failures that may pass.
   * @throws LaneWaiting when it would wait longer than `patienceMs`
   * @throws CallError the last one, when all attempts are used up; the signal's reason when it aborts; else what the call throws
   */
  run<T>(order: LaneOrder, call: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Starts no call before `until` (milliseconds since the epoch); of two pauses the longer counts. */
  pause(until: number, reason: string): void;
  /** Gives what waits under a key another priority. */
  move(key: string, priority: Priority): void;
  state(): LaneState;
}

export interface LaneOptions {
  /** Calls at a time, at most. */
  concurrency: number;
  /** Told when the server asks this lane to wait, so that the lanes of other workers can be paused too. */
  onPause?: (until: number, reason: string) => void;
  /** Tries of one call that fail for other reasons than a busy server, at most. */
  attempts?: number;
  /** The longest wait that may hold a slot. */
  patienceMs?: number;
  clock?: Clock;
}

/** A call refused by a busy server shrinks the lane to so much of itself. */
const shrinkTo = 0.7;
const firstBackoffMs = 500;
const longestBackoffMs = 60_000;
const busyReason = 'The model server asked to wait';

/**
 * Opens a lane. How many calls run at a time follows the server: one more for each full round of answers, fewer at once
 * when it is busy or does not answer (additive increase, multiplicative decrease: Chiu and Jain, 1989).
 */
export function openLane({
  concurrency,
  onPause,
  attempts = 5,
  patienceMs = 5000,
  clock = systemClock,
}: LaneOptions): Lane {
  const queue = openLaneQueue();
  let limit = concurrency;
  let running = 0;
  let started = 0;
  /** Calls up to this one were started before the lane last shrank: they say nothing new about the server. */
  let shrunkAt = 0;
  let paused: { until: number; reason: string; takeBack: () => void } | null = null;

  const startNext = () => {
    while (!paused && running < Math.floor(limit)) {
      const entry = queue.next();
      if (!entry) return;
      running += 1;
      entry.start();
    }
  };

  const pause = (until: number, reason: string) => {
    if (until <= clock.now() || (paused && paused.until >= until)) return;
    paused?.takeBack();
    const takeBack = clock.after(until - clock.now(), () => {
      paused = null;
      startNext();
    });
    paused = { until, reason, takeBack };
    const refusal = tooLong();
    if (refusal) for (const entry of queue.clear()) entry.refuse(refusal);
  };

  const tooLong = (): LaneWaiting | null => {
    if (!paused || paused.until - clock.now() <= patienceMs) return null;
    return new LaneWaiting(paused.reason, new Date(paused.until));
  };

  const turn = ({ priority, key, signal }: LaneOrder): Promise<void> => {
    signal.throwIfAborted();
    const refusal = tooLong();
    if (refusal) throw refusal;
    return new Promise((resolve, reject) => {
      const abort = () => {
        queue.remove(entry);
        reject(signal.reason);
      };
      const entry: Entry = {
        priority,
        key,
        start() {
          signal.removeEventListener('abort', abort);
          resolve();
        },
        refuse(reason) {
          signal.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      queue.add(entry);
      startNext();
    });
  };

  const shrink = (number: number) => {
    if (number <= shrunkAt) return;
    limit = Math.max(1, limit * shrinkTo);
    shrunkAt = started;
  };

  const tryOnce = async <T>({ signal }: LaneOrder, call: (signal: AbortSignal) => Promise<T>): Promise<Tried<T>> => {
    const number = ++started;
    try {
      const value = await call(signal);
      limit = Math.min(concurrency, limit + 1 / limit);
      return { value };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CallError)) throw error;
      if (error.kind !== 'unavailable') shrink(number);
      if (error.retryAfterMs !== null) {
        const until = clock.now() + error.retryAfterMs;
        pause(until, busyReason);
        onPause?.(until, busyReason);
      }
      return { error };
    } finally {
      running -= 1;
      startNext();
    }
  };

  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  const backOff = async (tries: number, signal: AbortSignal) => {
    const ms = clock.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (tries - 1));
    if (ms > patienceMs) throw new LaneWaiting(busyReason, new Date(clock.now() + ms));
    await delay(clock, ms, signal);
  };

  return {
    async run(order, call) {
      let failed = 0;
      for (let tries = 1; ; tries++) {
        await turn(order);
        const tried = await tryOnce(order, call);
        if ('value' in tried) return tried.value;
        // A busy server is waited for, however often it says so.
        if (tried.error.kind !== 'busy') failed += 1;
        if (failed === attempts) throw tried.error;
        if (tried.error.retryAfterMs === null) await backOff(tries, order.signal);
      }
    },
    pause,
    move: (key, priority) => queue.move(key, priority),
    state: () => ({
      limit: Math.floor(limit),
      running,
      queued: queue.size(),
      pausedUntil: paused?.until ?? null,
      reason: paused?.reason ?? null,
    }),
  };
}

type Tried<T> = { value: T } | { error: CallError };
