import type { Priority } from '#lib/core/schema/definition.ts';
import { CallError } from './call-error.ts';
import { type Clock, delay, systemClock } from './clock.ts';
import { LaneWaiting, openGate } from './gate.ts';
import { openLimit } from './limit.ts';

export interface LaneRequest {
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
  run<T>(request: LaneRequest, call: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Starts no call before `until` (milliseconds since the epoch); of two pauses the longer counts. */
  pause(until: number, reason: string): void;
  /** Gives what waits under a key, now or after a failure, another priority. */
  move(key: string, priority: Priority): void;
  state(): LaneState;
}

export interface LaneOptions {
  /** Calls at a time, at most. */
  concurrency: number;
  /** Comes before each call; where it breaks off the call's signal, the call is not made. */
  beforeCall?: () => Promise<void>;
  /** Told of each pause that this lane's own calls bring about, so that the lanes of other workers can be paused too. */
  onPause?: (until: number, reason: string) => void;
  /** Tries of one call that fail for other reasons than a busy server, at most. */
  attempts?: number;
  /** The longest that a call waits for a busy server before its document goes back to the queue. */
  patienceMs?: number;
  clock?: Clock;
}

const firstBackoffMs = 500;
const maxBackoffMs = 60_000;
/** So many time-outs with no answer in between mean a server that hangs: it is left alone for a while. */
const hangingAfter = 8;
const hangingPauseMs = 60_000;
/** A pause that grows by less is not worth telling the others. */
const minRetryMs = 250;
const reasons = { busy: 'The model server asked to wait', hanging: 'The model server does not answer' };

type Tried<T> = { value: T } | { error: CallError };

/** Opens a lane; it starts at full width. */
export function openLane(options: LaneOptions): Lane {
  const { concurrency, beforeCall, onPause, attempts = 5, patienceMs = 5000, clock = systemClock } = options;
  const limit = openLimit(concurrency);
  const gate = openGate(limit, patienceMs, clock);
  /** The priorities of the keys that have calls here. */
  const keys = new Map<string, { calls: number; priority: Priority }>();
  let unanswered = 0;
  let toldUntil = 0;

  const pauseFor = (ms: number, reason: string) => {
    const until = clock.now() + ms;
    const isNew = gate.pause(until, reason);
    if (!isNew || until - toldUntil < minRetryMs) return;
    toldUntil = until;
    onPause?.(until, reason);
  };

  const noteFailure = ({ kind, retryAfterMs }: CallError, number: number) => {
    if (kind !== 'unavailable') limit.congested(number);
    unanswered = kind === 'timed_out' ? unanswered + 1 : 0;
    if (unanswered >= hangingAfter) pauseFor(hangingPauseMs, reasons.hanging);
    if (retryAfterMs !== null) pauseFor(retryAfterMs, reasons.busy);
  };

  const tryOnce = async <T>(signal: AbortSignal, call: (signal: AbortSignal) => Promise<T>): Promise<Tried<T>> => {
    const number = limit.begin();
    try {
      await beforeCall?.();
      signal.throwIfAborted();
      const value = await call(signal);
      limit.answered();
      unanswered = 0;
      return { value };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CallError)) throw error;
      noteFailure(error, number);
      return { error };
    } finally {
      gate.leave();
    }
  };

  /** Exponential with full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  const backOffMs = (tries: number) => clock.random() * Math.min(maxBackoffMs, firstBackoffMs * 2 ** (tries - 1));

  const runUntilAnswered = async <T>(
    { key, priority, signal }: LaneRequest,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    let failed = 0;
    let refused = 0;
    let waited = 0;
    for (;;) {
      await gate.enter(key, keys.get(key)?.priority ?? priority, signal);
      const tried = await tryOnce(signal, call);
      if ('value' in tried) return tried.value;
      const { error } = tried;
      const isBusy = error.kind === 'busy';
      // A busy server is waited for, however often it says so: only other failures are counted.
      if (!isBusy && ++failed === attempts) throw error;
      const ms = Math.max(error.retryAfterMs ?? 0, backOffMs(isBusy ? ++refused : failed));
      if (isBusy) waited += ms;
      const refusal = gate.tooLong();
      if (refusal) throw refusal;
      if (waited > patienceMs) throw new LaneWaiting(reasons.busy, new Date(clock.now() + Math.max(ms, patienceMs)));
      await delay(clock, ms, signal);
    }
  };

  return {
    async run(request, call) {
      const place = keys.get(request.key) ?? { calls: 0, priority: request.priority };
      keys.set(request.key, place);
      place.calls += 1;
      try {
        return await runUntilAnswered(request, call);
      } finally {
        place.calls -= 1;
        if (place.calls === 0) keys.delete(request.key);
      }
    },
    pause: (until, reason) => void gate.pause(until, reason),
    move(key, priority) {
      const place = keys.get(key);
      if (place) place.priority = priority;
      gate.move(key, priority);
    },
    state() {
      const { running, queued, paused } = gate.state();
      return {
        limit: limit.now(),
        running,
        queued,
        pausedUntil: paused?.until ?? null,
        reason: paused?.reason ?? null,
      };
    },
  };
}
