import type { Clock } from '#worker/lane/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass, running what falls due, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
}

/** Time that passes only when told to; chance is always `random`. */
export function manualClock(random = 0.5): ManualClock {
  let now = 1_000_000;
  let timers: { at: number; action: () => void }[] = [];
  return {
    now: () => now,
    random: () => random,
    after(ms, action) {
      const timer = { at: now + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [due] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!due) break;
        timers = timers.filter((one) => one !== due);
        now = due.at;
        due.action();
        await settle();
      }
      now = end;
    },
  };
}

/** Everything that is ready has run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
