/**
 * Runs `task` on every item, `concurrency` beside each other, and gives the results in the items' order.
 * The tasks still running are aborted when one fails, or no one takes the rest.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  concurrency: number,
  task: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const running: Promise<R>[] = [];
  const rest = items.values();
  const startMore = () => {
    while (running.length < concurrency) {
      const { value, done } = rest.next();
      if (done) return;
      const result = task(value, either);
      // It is awaited in its turn; until then a failure must not count as unhandled.
      result.catch(() => undefined);
      running.push(result);
    }
  };
  try {
    for (startMore(); running.length > 0; startMore()) {
      const next = running.shift();
      if (next) yield await next;
    }
  } finally {
    stop.abort(new Error('Another page failed'));
    await Promise.allSettled(running);
  }
}
