import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';
import { deleteInBatches } from '#lib/db/delete-in-batches.ts';
import { events } from '#lib/db/tables/events.ts';

const keptDays = 30;

/** Deletes events that are delivered and older than 30 days. Gives how many. */
export async function sweepEvents(db: Database): Promise<number> {
  return deleteInBatches(
    db,
    (limit) => sql`
      delete from ${events} where id in (
        select id from ${events}
        where created_at < now() - make_interval(days => ${keptDays}) and delivered_at is not null
        order by created_at limit ${limit} for update skip locked)`,
  );
}
