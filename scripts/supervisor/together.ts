type Action<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Runs two actions at the same time. When one fails the other is told to stop; the error comes when both have ended, so
 * that nothing is left running.
 */
export async function together<A, B>(signal: AbortSignal, a: Action<A>, b: Action<B>): Promise<[A, B]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const run = async <Result>(action: Action<Result>) => {
    try {
      return await action(either);
    } catch (error) {
      // What the other one throws now is only that it was stopped: `throwIfAborted` throws this error there, too.
      failed.abort(error);
      throw error;
    }
  };
  const running = [run(a), run(b)] as const;
  await Promise.allSettled(running);
  return Promise.all(running);
}
