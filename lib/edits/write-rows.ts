import { sql } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { fieldValues } from '#lib/db/tables/results.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { renumber } from '#lib/core/values/list-rows.ts';
import { recheckRows } from '#lib/core/values/recheck.ts';
import type { OpenAccount, OpenRow } from './open-rows.ts';

const rowsPerStatement = 1000;

/** Counts rows again, checks the account against the rules, and writes what differs from before. */
export async function writeRows(
  tx: Transaction,
  runId: string,
  definition: Definition,
  account: OpenAccount,
): Promise<void> {
  restorePlaceholders(account.rows);
  const standing = recheckRows(definition, renumber(account.rows.filter((row) => !row.isDeleted)));
  let next = 0;
  const rows = account.rows.map((row) => (row.isDeleted ? { ...row, needsAttention: 0 } : (standing[next++] ?? row)));
  const changed = rows.flatMap((row, position) => (isSame(account, row, position) ? [] : [{ row, position }]));
  for (let from = 0; from < changed.length; from += rowsPerStatement) {
    const batch = changed.slice(from, from + rowsPerStatement);
    await tx
      .insert(fieldValues)
      .values(batch.map(({ row, position }) => toRecord(runId, account, row, position)))
      .onConflictDoUpdate({
        target: fieldValues.id,
        set: {
          position: sql`excluded.position`,
          leaves: sql`excluded.leaves`,
          extracted: sql`excluded.extracted`,
          isDeleted: sql`excluded.is_deleted`,
          needsAttention: sql`excluded.needs_attention`,
          version: sql`excluded.version`,
          updatedAt: sql`now()`,
        },
      });
  }
}

/** "No rows were found" stands for a required list as long as it has none. */
function restorePlaceholders(rows: readonly OpenRow[]): void {
  for (const placeholder of rows) {
    if (placeholder.isListRow || placeholder.leaves[0]?.type !== 'list') continue;
    placeholder.isDeleted = rows.some((row) => row.isListRow && row.path === placeholder.path && !row.isDeleted);
  }
}

function isSame(account: OpenAccount, row: OpenRow, position: number): boolean {
  const before = account.before.get(row.id);
  if (!before || before.position !== position || before.isDeleted !== row.isDeleted) return false;
  if (before.version !== row.version || before.needsAttention !== row.needsAttention) return false;
  return JSON.stringify(before.leaves) === JSON.stringify(row.leaves);
}

function toRecord(runId: string, { documentId, accountIndex }: OpenAccount, row: OpenRow, position: number) {
  const { isListRow: _, ...values } = row;
  return { ...values, runId, documentId, accountIndex, position };
}
