/** A time limit that runs only while one waits for somebody, not for oneself. */
export interface Clock {
  run(): void;
  pause(): void;
}

/** Calls `onEnd` once it has run for `ms` in all. It stands still at first. */
export function openClock(ms: number, onEnd: () => void): Clock {
  let left = ms;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    run() {
      since = performance.now();
      timer = setTimeout(onEnd, left);
    },
    pause() {
      if (!timer) return;
      clearTimeout(timer);
      timer = undefined;
      left = Math.max(0, left - (performance.now() - since));
    },
  };
}
