import type { SQL } from 'drizzle-orm';
import type { Database } from './client.ts';

/** Few enough that none of the transactions takes long. */
const batchSize = 10_000;

/** Runs a DELETE of at most so many rows, each time in a transaction of its own, until none is left. Gives how many went. */
export async function deleteInBatches(db: Database, batch: (limit: number) => SQL): Promise<number> {
  for (let deleted = 0; ;) {
    const { rowCount } = await db.execute(batch(batchSize));
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < batchSize) return deleted;
  }
}
