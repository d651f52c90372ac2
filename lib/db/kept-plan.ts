import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client.ts';

const mark = '/* plan kept */';
/** Inserts of many rows have a text for each number of them: long ones are not kept. */
const longestInsert = 4000;

/**
 * Lets each connection plan a statement once and go on by that plan. To plan one that reads five rows of five tables takes
 * longer than to run it. Only for statements that find their rows by primary key, whatever is asked for: a plan that suits
 * the first questions would be kept for all others.
 */
export function keepPlan(condition: SQL): SQL {
  return sql`${condition} ${sql.raw(mark)}`;
}

/** The same of a statement that is text already. */
export function withKeptPlan(text: string): string {
  return `${text} ${mark}`;
}

export function hasKeptPlan(text: string): boolean {
  return text.includes(mark) || (text.startsWith('insert') && text.length <= longestInsert);
}

/** A query that is put together once for each pool: that takes longer than to run it, too. */
export function keepQuery<Q>(make: (db: Executor) => Q): (db: Executor) => Q {
  const made = new WeakMap<Executor, Q>();
  return (db) => {
    const query = made.get(db) ?? make(db);
    made.set(db, query);
    return query;
  };
}
