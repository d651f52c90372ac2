import type { Executor } from './client.ts';

/**
 * A query that is put together once for each pool, which takes longer than to run it. Give it a name (`.prepare(name)`):
 * each connection then plans it once. Only for statements that find their rows by primary key, whatever is asked for: a plan
 * that suits the first questions would be kept for all others.
 */
export function prepareOnce<Q>(make: (db: Executor) => Q): (db: Executor) => Q {
  const made = new WeakMap<Executor, Q>();
  return (db) => {
    const query = made.get(db) ?? make(db);
    made.set(db, query);
    return query;
  };
}
