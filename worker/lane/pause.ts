import type { Clock } from './clock.ts';

/** A time in which nothing starts. */
export interface Pause {
  /** Of two pauses the longer counts; false when there is a longer one, or it is over already. */
  set(until: number, reason: string): boolean;
  /** null when there is none. */
  now(): { until: number; reason: string } | null;
}

/** `onEnd` is called when the time is over. */
export function openPause(clock: Clock, onEnd: () => void): Pause {
  let current: { until: number; reason: string } | null = null;
  let takeBack: (() => void) | null = null;
  return {
    set(until, reason) {
      if (until <= Math.max(clock.now(), current?.until ?? 0)) return false;
      takeBack?.();
      current = { until, reason };
      takeBack = clock.after(until - clock.now(), () => {
        current = null;
        onEnd();
      });
      return true;
    },
    now: () => current,
  };
}
