import type { Context } from '#lib/context.ts';
import type { Database } from '#lib/db/client.ts';

/** A context of which is known how long its transactions take and when the last was told to commit. */
export interface WatchedContext {
  context: Context;
  /** By `performance.now()`. */
  committedAt(): number;
  /** Milliseconds of the last transaction, its commit included. */
  tookMs(): number;
}

export function watchCommits(context: Context): WatchedContext {
  let [committedAt, tookMs] = [0, 0];
  const transaction: Database['transaction'] = async (run, config) => {
    const begun = performance.now();
    const result = await context.db.transaction(async (tx) => {
      const made = await run(tx);
      committedAt = performance.now();
      return made;
    }, config);
    tookMs = performance.now() - begun;
    return result;
  };
  const db = new Proxy(context.db, {
    get: (target, key) => (key === 'transaction' ? transaction : Reflect.get(target, key, target)),
  });
  return { context: { ...context, db }, committedAt: () => committedAt, tookMs: () => tookMs };
}
