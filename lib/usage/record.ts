import type { Database } from '#lib/db/client.ts';
import { usage } from '#lib/db/tables.ts';
import { newId } from '#lib/id.ts';

/** Writes one row for one call of a model, whatever its outcome. */
export async function recordUsage(
  db: Database,
  call: Omit<typeof usage.$inferInsert, 'id' | 'createdAt'>,
): Promise<void> {
  await db.insert(usage).values({ id: newId(), ...call });
}
