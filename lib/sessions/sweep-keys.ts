import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';
import { idempotencyKeys } from '#lib/db/tables/installation.ts';
import { idempotencyHours } from './create.ts';

/** Few enough that none of its transactions takes long. */
const batchSize = 10_000;

/** Deletes the `Idempotency-Key`s that are no longer honoured. Gives how many. */
export async function sweepIdempotencyKeys(db: Database): Promise<number> {
  for (let swept = 0; ;) {
    const { rowCount } = await db.execute(sql`
      delete from ${idempotencyKeys} where key in (
        select key from ${idempotencyKeys}
        where created_at < now() - make_interval(hours => ${idempotencyHours})
        order by created_at limit ${batchSize} for update skip locked)`);
    swept += rowCount ?? 0;
    if ((rowCount ?? 0) < batchSize) return swept;
  }
}
