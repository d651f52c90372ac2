import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { accounts, fieldValues } from '#lib/db/result-tables.ts';
import { documents, sessions } from '#lib/db/tables.ts';
import type { Claim } from '#lib/documents/claim.ts';
import { type CarriedRow, carryOver } from '#lib/extraction/carry-over.ts';
import type { Definition } from '#lib/extraction/definition.ts';
import type { Leaf } from '#lib/extraction/leaf.ts';
import type { Boundary } from '#lib/extraction/split/types.ts';
import { newId } from '#lib/id.ts';
import { addToSearch, textsOf } from '#lib/sessions/search.ts';
import { recheckRows } from '#lib/validation/recheck.ts';
import { type KeptAccount, keptAccounts, sameAccount } from './kept.ts';

/** A scalar, or one row of a list, of an account. */
export interface ValueRow {
  /** Of a scalar its path, of a list row the list's. */
  path: string;
  isListRow: boolean;
  leaves: Leaf[];
  needsAttention: number;
}

export interface AccountResult {
  accountIndex: number;
  accountNumber: string | null;
  pages: number[];
  boundaries: Boundary[];
  rows: ValueRow[];
}

export interface DocumentResult {
  definition: Definition;
  accounts: AccountResult[];
  /** What a person should know of the document as a whole. */
  notice: string | null;
}

/** Rows written by one statement; a statement takes at most 65,535 parameters. */
const rowsPerInsert = 1000;

/**
 * Writes the accounts and values of a document's run, in place of those of an earlier attempt of the run. What people
 * decided on them before, in this run or the one before it, is carried over.
 */
export async function saveResult(tx: Transaction, claim: Claim, result: DocumentResult): Promise<void> {
  // Edits lock the session too: none is made between the look at what people did and the writing of what comes of it.
  await tx.execute(sql`select 1 from ${sessions} where ${sessions.id} = ${claim.sessionId} for no key update`);
  const kept = await keptAccounts(tx, claim);
  const owner = { runId: claim.runId, documentId: claim.documentId };
  await tx.update(documents).set({ notice: result.notice }).where(eq(documents.id, owner.documentId));
  await tx.delete(accounts).where(and(eq(accounts.runId, owner.runId), eq(accounts.documentId, owner.documentId)));
  await tx
    .delete(fieldValues)
    .where(and(eq(fieldValues.runId, owner.runId), eq(fieldValues.documentId, owner.documentId)));
  const found = result.accounts.map(({ accountIndex, accountNumber, pages, boundaries }) => ({
    ...owner,
    accountIndex,
    accountNumber,
    pages,
    boundaries: boundaries.length > 0 ? boundaries : null,
  }));
  for (let from = 0; from < found.length; from += rowsPerInsert) {
    await tx.insert(accounts).values(found.slice(from, from + rowsPerInsert));
  }
  const rows = result.accounts.flatMap((account) =>
    withDecisions(result.definition, account, sameAccount(kept, account)).map((row, position) => ({
      id: newId(),
      ...owner,
      accountIndex: account.accountIndex,
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

type SavedRow = CarriedRow & { needsAttention: number };

function withDecisions(definition: Definition, account: AccountResult, kept: KeptAccount | null): SavedRow[] {
  if (!kept) return account.rows.map((row) => ({ ...row, rowId: null, extracted: null, isDeleted: false }));
  const carried = carryOver(definition.fields, kept.rows, account.rows);
  const standing = recheckRows(
    definition,
    carried.filter((row) => !row.isDeleted),
  );
  let next = 0;
  return carried.flatMap((row) => (row.isDeleted ? { ...row, needsAttention: 0 } : (standing[next++] ?? [])));
}
