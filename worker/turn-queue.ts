/** Lets through one at a time, in the order of asking. */
export interface Turns {
  /** Resolves when it is the caller's turn, or at once when the signal aborts; the result ends the turn. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function openTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    async take(signal) {
      const before = last;
      const { promise: over, resolve: end } = Promise.withResolvers<void>();
      last = before.then(() => over);
      const { promise: aborted, resolve: abort } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => abort(), { once: true });
      if (signal.aborted) abort();
      await Promise.race([before, aborted]);
      return end;
    },
  };
}
