import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';
import { deleteInBatches } from '#lib/db/delete-in-batches.ts';
import { idempotencyKeys } from '#lib/db/tables/installation.ts';
import { idempotencyHours } from './create.ts';

/** Deletes the `Idempotency-Key`s that are no longer honoured. Gives how many. */
export async function sweepIdempotencyKeys(db: Database): Promise<number> {
  return deleteInBatches(
    db,
    (limit) => sql`
      delete from ${idempotencyKeys} where key in (
        select key from ${idempotencyKeys}
        where created_at < now() - make_interval(hours => ${idempotencyHours})
        order by created_at limit ${limit} for update skip locked)`,
  );
}
