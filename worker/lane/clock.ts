/** Time and chance, injected so that waits of minutes can be tested in none. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `action` after `ms`; the result takes it back. */
  after(ms: number, action: () => void): () => void;
  /** 0 (included) to 1. */
  random(): number;
}

/** Longer ones overflow and fire at once. */
const maxTimeoutMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  after(ms, action) {
    const timer = setTimeout(action, Math.min(ms, maxTimeoutMs));
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** Waits `ms`; throws the signal's reason as soon as it aborts. */
export function delay(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => {
      takeBack();
      reject(signal.reason);
    };
    const takeBack = clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}
