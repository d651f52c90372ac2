import type { Priority } from '#lib/core/schema/definition.ts';
import { Waiting } from '../interruptions.ts';
import type { Clock } from './clock.ts';
import { type Entry, openLaneQueue } from './lane-queue.ts';
import type { Limit } from './limit.ts';
import { openPause } from './pause.ts';

/** A call would have to wait longer than a slot may be held: its document goes back to the queue. */
export class LaneWaiting extends Waiting {
  override name = 'LaneWaiting';
}

/** Lets calls through in their turn, no more at a time than the limit, none during a pause. */
export interface Gate {
  /**
   * Resolves when the call may start; `leave` must follow when it has ended.
   * @throws LaneWaiting during a long pause; the signal's reason when it aborts
   */
  enter(key: string, priority: Priority, signal: AbortSignal): Promise<void>;
  leave(): void;
  /** Lets none through before `until` (milliseconds since the epoch); false when that was so already. */
  pause(until: number, reason: string): boolean;
  /** Why a call would have to wait too long just now; null when it would not. */
  tooLong(): LaneWaiting | null;
  move(key: string, priority: Priority): void;
  state(): { running: number; queued: number; paused: { until: number; reason: string } | null };
}

/** `patienceMs` is the longest pause that calls wait for. */
export function openGate(limit: Limit, patienceMs: number, clock: Clock): Gate {
  const queue = openLaneQueue();
  const pause = openPause(clock, startNext);
  let running = 0;

  function startNext(): void {
    while (!pause.now() && running < limit.now()) {
      const entry = queue.next();
      if (!entry) return;
      running += 1;
      entry.start();
    }
  }

  function tooLong(): LaneWaiting | null {
    const now = pause.now();
    return now && now.until - clock.now() > patienceMs ? new LaneWaiting(now.reason, new Date(now.until)) : null;
  }

  return {
    tooLong,
    async enter(key, priority, signal) {
      signal.throwIfAborted();
      const refusal = tooLong();
      if (refusal) throw refusal;
      await new Promise<void>((resolve, reject) => {
        const abort = () => {
          queue.remove(entry);
          reject(signal.reason);
        };
        const done = () => signal.removeEventListener('abort', abort);
        const entry: Entry = {
          key,
          priority,
          start: () => (done(), resolve()),
          refuse: (reason) => (done(), reject(reason)),
        };
        signal.addEventListener('abort', abort, { once: true });
        queue.add(entry);
        startNext();
      });
    },
    leave() {
      running -= 1;
      startNext();
    },
    pause(until, reason) {
      const isNew = pause.set(until, reason);
      const refusal = tooLong();
      if (refusal) for (const entry of queue.clear()) entry.refuse(refusal);
      return isNew;
    },
    move: (key, priority) => queue.move(key, priority),
    state: () => ({ running, queued: queue.size(), paused: pause.now() }),
  };
}
