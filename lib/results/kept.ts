import { and, asc, desc, eq } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { accounts, fieldValues } from '#lib/db/result-tables.ts';
import { runs } from '#lib/db/tables.ts';
import type { KeptRow } from '#lib/extraction/carry-over.ts';
import { canonicalOf } from '#lib/extraction/split/identifier.ts';

/** An account as the last run that gave a result has it, with what people decided on its values. */
export interface KeptAccount {
  accountIndex: number;
  accountNumber: string | null;
  rows: KeptRow[];
}

/** The accounts of a document in the latest run that has any: of this run, or of one before. */
export async function keptAccounts(tx: Transaction, { documentId }: { documentId: string }): Promise<KeptAccount[]> {
  const [latest] = await tx
    .select({ runId: accounts.runId })
    .from(accounts)
    .innerJoin(runs, eq(runs.id, accounts.runId))
    .where(eq(accounts.documentId, documentId))
    .orderBy(desc(runs.number))
    .limit(1);
  if (!latest) return [];
  const ofRun = and(eq(accounts.documentId, documentId), eq(accounts.runId, latest.runId));
  const found = await tx
    .select({ accountIndex: accounts.accountIndex, accountNumber: accounts.accountNumber })
    .from(accounts)
    .where(ofRun);
  const values = await tx
    .select()
    .from(fieldValues)
    .where(and(eq(fieldValues.runId, latest.runId), eq(fieldValues.documentId, documentId)))
    .orderBy(asc(fieldValues.position));
  const byAccount = Map.groupBy(values, (row) => row.accountIndex);
  return found.map((account) => ({ ...account, rows: byAccount.get(account.accountIndex) ?? [] }));
}

/** The account that was this one before: of the same number; without numbers, of the same place. */
export function sameAccount<Account extends Pick<KeptAccount, 'accountIndex' | 'accountNumber'>>(
  kept: readonly Account[],
  { accountIndex, accountNumber }: Pick<KeptAccount, 'accountIndex' | 'accountNumber'>,
): Account | null {
  const same = kept.find((account) => {
    if (accountNumber === null || account.accountNumber === null) {
      return account.accountNumber === accountNumber && account.accountIndex === accountIndex;
    }
    return canonicalOf(account.accountNumber) === canonicalOf(accountNumber);
  });
  return same ?? null;
}
