import type { SQL } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { documents } from '#lib/db/tables/sessions.ts';

/**
 * Locks documents, in the order of their ids, and gives them. Before their session and their jobs, as everywhere
 * (docs/lifecycle.md). Rows that refer to a document hold a share of its key: this lock goes along with that,
 * FOR UPDATE would not.
 */
export async function lockDocuments(
  tx: Transaction,
  which: SQL | undefined,
): Promise<(typeof documents.$inferSelect)[]> {
  return tx.select().from(documents).where(which).orderBy(documents.id).for('no key update');
}
