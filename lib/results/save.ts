import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { keepAlive } from '#lib/db/keep-alive.ts';
import { accounts, fieldValues } from '#lib/db/tables/results.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import { addToSearch, textsOf } from '#lib/search/search-index.ts';
import type { AccountResult } from './account-result.ts';
import { type CarriedResult, carryAccounts, orphanNotice } from './carry-accounts.ts';
import { keepOrphans, keptAccounts, keptOrphans } from './kept-accounts.ts';

export interface DocumentResult {
  definition: Definition;
  accounts: AccountResult[];
  /** What a person should know of the document as a whole. */
  notice: string | null;
}

/** `carryAccounts`, wherever it runs: a large result takes seconds. */
export type CarryAccounts = (...input: Parameters<typeof carryAccounts>) => CarriedResult | Promise<CarriedResult>;

/** Rows written by one statement; a statement takes at most 65,535 parameters. */
const rowsPerInsert = 1000;

/**
 * Writes the accounts and values of a document's run, in place of those of an earlier attempt of the run. What people
 * decided on them before, in this run or one before it, is carried over; what has no place in this result is kept aside.
 */
export async function saveResult(
  tx: Transaction,
  claim: Claim,
  result: DocumentResult,
  carry: CarryAccounts = carryAccounts,
): Promise<void> {
  // Edits lock the session too: none is made between the look at what people did and the writing of what comes of it.
  await tx.execute(sql`select 1 from ${sessions} where ${sessions.id} = ${claim.sessionId} for no key update`);
  const owner = { runId: claim.runId, documentId: claim.documentId };
  const kept = await keptAccounts(tx, owner.documentId);
  const orphans = await keptOrphans(tx, owner.documentId);
  const carryAll = kept.length + orphans.length > 0 ? carry : carryAccounts;
  const carried = await keepAlive(tx, () => carryAll(result.definition, { kept, orphans }, result.accounts));
  const notices = [result.notice, orphanNotice(result.accounts, carried.orphans)].filter((notice) => notice !== null);
  const notice = notices.length > 0 ? notices.join(' ') : null;
  await tx.update(documents).set({ notice }).where(eq(documents.id, owner.documentId));
  if (orphans.length + carried.orphans.length > 0) await keepOrphans(tx, owner.documentId, carried.orphans);
  await tx.delete(accounts).where(and(eq(accounts.runId, owner.runId), eq(accounts.documentId, owner.documentId)));
  await tx
    .delete(fieldValues)
    .where(and(eq(fieldValues.runId, owner.runId), eq(fieldValues.documentId, owner.documentId)));
  const found = result.accounts.map(({ accountIndex, accountNumber, evidencePages, pages, boundaries }) => ({
    ...owner,
    accountIndex,
    accountNumber,
    evidencePages,
    pages,
    boundaries: boundaries.length > 0 ? boundaries : null,
  }));
  for (let from = 0; from < found.length; from += rowsPerInsert) {
    await tx.insert(accounts).values(found.slice(from, from + rowsPerInsert));
  }
  const rows = result.accounts.flatMap(({ accountIndex }, index) =>
    (carried.rows[index] ?? []).map((row, position) => ({
      id: newId(),
      ...owner,
      accountIndex,
      position,
      path: row.path,
      rowId: row.isListRow ? (row.rowId ?? newId()) : null,
      leaves: row.leaves,
      extracted: row.extracted,
      isDeleted: row.isDeleted,
      needsAttention: row.needsAttention,
    })),
  );
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    await tx.insert(fieldValues).values(rows.slice(from, from + rowsPerInsert));
  }
  await addToSearch(tx, claim.sessionId, textsOf(rows.flatMap(({ leaves }) => leaves)));
}
