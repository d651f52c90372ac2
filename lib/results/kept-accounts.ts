import { and, asc, desc, eq } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { accounts, fieldValues, orphanedEdits } from '#lib/db/tables/results.ts';
import { runs } from '#lib/db/tables/sessions.ts';
import { rowPath } from '#lib/core/values/list-rows.ts';
import type { KeptRow } from '#lib/core/values/match-rows.ts';
import { newId } from '#lib/id.ts';
import type { KeptAccount } from './carry-accounts.ts';

/** The accounts of a document in the latest run that has any: of this run, or of one before. */
export async function keptAccounts(tx: Transaction, documentId: string): Promise<KeptAccount[]> {
  const [latest] = await tx
    .select({ runId: accounts.runId })
    .from(accounts)
    .innerJoin(runs, eq(runs.id, accounts.runId))
    .where(eq(accounts.documentId, documentId))
    .orderBy(desc(runs.number))
    .limit(1);
  if (!latest) return [];
  const found = await tx
    .select({
      accountIndex: accounts.accountIndex,
      accountNumber: accounts.accountNumber,
      evidencePages: accounts.evidencePages,
      pages: accounts.pages,
    })
    .from(accounts)
    .where(and(eq(accounts.documentId, documentId), eq(accounts.runId, latest.runId)))
    .orderBy(asc(accounts.accountIndex));
  const values = await tx
    .select()
    .from(fieldValues)
    .where(and(eq(fieldValues.runId, latest.runId), eq(fieldValues.documentId, documentId)))
    .orderBy(asc(fieldValues.position));
  const byAccount = Map.groupBy(values, (row) => row.accountIndex);
  return found.map(({ accountIndex, accountNumber, evidencePages, pages }) => ({
    accountNumber,
    // Kept before it was recorded: as good as people left it.
    evidencePages: evidencePages ?? pages,
    rows: (byAccount.get(accountIndex) ?? []).map(toKeptRow),
  }));
}

function toKeptRow(row: typeof fieldValues.$inferSelect): KeptRow {
  const { rowId, leaves, extracted, isDeleted } = row;
  // Kept texts of paths may be older than the quoting of names.
  return { path: rowPath(row) ?? row.path, rowId, leaves, extracted, isDeleted };
}

/** What people decided on a document that its last result had no place for. */
export async function keptOrphans(tx: Transaction, documentId: string): Promise<KeptAccount[]> {
  return tx
    .select({
      accountNumber: orphanedEdits.accountNumber,
      evidencePages: orphanedEdits.evidencePages,
      rows: orphanedEdits.rows,
    })
    .from(orphanedEdits)
    .where(eq(orphanedEdits.documentId, documentId))
    .orderBy(asc(orphanedEdits.id));
}

/** Keeps these in place of those of the result before. */
export async function keepOrphans(tx: Transaction, documentId: string, orphans: readonly KeptAccount[]): Promise<void> {
  await tx.delete(orphanedEdits).where(eq(orphanedEdits.documentId, documentId));
  for (const { accountNumber, evidencePages, rows } of orphans) {
    await tx
      .insert(orphanedEdits)
      .values({ id: newId(), documentId, accountNumber, evidencePages: [...evidencePages], rows });
  }
}
