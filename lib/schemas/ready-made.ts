import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';
import { schemas } from '#lib/db/tables/sessions.ts';
import { putSchema } from './put.ts';
import { bankStatement } from './ready-made/bank-statement.ts';
import { invoice } from './ready-made/invoice.ts';
import { loanAccounts } from './ready-made/loan-accounts.ts';
import { receipt } from './ready-made/receipt.ts';
import { resume } from './ready-made/resume.ts';

export const readyMade = [loanAccounts, invoice, receipt, bankStatement, resume];

/** Gives a new database the ready-made schemas. One that has any schema is left as its people made it. */
export async function ensureReadyMadeSchemas(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    // Processes that start together do it one after the other, and all of it or nothing.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('ready-made schemas'))`);
    if ((await tx.$count(schemas)) > 0) return;
    for (const definition of readyMade) await putSchema({ db: tx }, { slug: definition.slug, definition });
  });
}
