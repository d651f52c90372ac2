import { sql } from 'drizzle-orm';
import type { Exclusive } from '#lib/storage/exclusive.ts';
import type { Database } from './client.ts';
import { keepAlive } from './keep-alive.ts';

/** One action for a key at a time among all processes of an installation. Each holds a connection while it runs. */
export function exclusiveInDatabase(db: Database): Exclusive {
  return (key, action) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`storage ${key}`}, 0))`);
      return keepAlive(tx, action);
    });
}
