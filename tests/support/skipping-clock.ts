import type { Clock } from '#worker/lane/clock.ts';

/** The time of day, which can be moved on. */
export interface SkippingClock extends Clock {
  /** Lets so much time pass at once; what falls due happens. */
  skip(ms: number): void;
}

export function skippingClock(): SkippingClock {
  const due = new Set<{ at: number; run: () => void }>();
  let skipped = 0;
  const now = () => Date.now() + skipped;
  return {
    now,
    random: Math.random,
    after(ms, action) {
      const run = () => {
        take();
        action();
      };
      const timer = setTimeout(run, ms);
      const entry = { at: now() + ms, run };
      const take = () => {
        clearTimeout(timer);
        due.delete(entry);
      };
      due.add(entry);
      return take;
    },
    skip(ms) {
      skipped += ms;
      for (const entry of due) if (entry.at <= now()) entry.run();
    },
  };
}
