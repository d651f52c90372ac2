/** Work that waits somewhere, done on a few lines. */
export interface Lines {
  /** There may be something to do. */
  wake(): void;
  /** Begins nothing more, and resolves when what runs has ended. */
  close(): Promise<void>;
}

/**
 * Calls `doNext` until it finds nothing to do (false), on at most `concurrency` lines, however often they are woken.
 * An error ends its line; the next waking begins another.
 */
export function openLines(
  concurrency: number,
  doNext: () => Promise<boolean>,
  onError: (error: unknown) => void,
): Lines {
  const running = new Set<Promise<void>>();
  let wakings = 0;
  let isClosed = false;

  const run = async () => {
    try {
      let seen: number;
      // Woken while it looked and found nothing: what it was woken for may have come after its look.
      do {
        seen = wakings;
        while (!isClosed && (await doNext()));
      } while (!isClosed && seen !== wakings);
    } catch (error) {
      onError(error);
    }
  };

  return {
    wake() {
      wakings += 1;
      if (isClosed || running.size === concurrency) return;
      const line = run().finally(() => running.delete(line));
      running.add(line);
    },
    async close() {
      isClosed = true;
      await Promise.all(running);
    },
  };
}
