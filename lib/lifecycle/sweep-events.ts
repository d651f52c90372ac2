import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';
import { events } from '#lib/db/tables/events.ts';

const keptDays = 30;
/** Few enough that none of its transactions takes long. */
const batchSize = 10_000;

/** Deletes events that are delivered and older than 30 days. Gives how many. */
export async function sweepEvents(db: Database): Promise<number> {
  for (let swept = 0; ;) {
    const { rowCount } = await db.execute(sql`
      delete from ${events} where id in (
        select id from ${events}
        where created_at < now() - make_interval(days => ${keptDays}) and delivered_at is not null
        order by created_at limit ${batchSize} for update skip locked)`);
    swept += rowCount ?? 0;
    if ((rowCount ?? 0) < batchSize) return swept;
  }
}
