import type { EvidenceView, AccountView, Results, ValueView } from '#lib/core/contract/results.ts';
import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { accounts, fieldValues } from '#lib/db/tables/results.ts';
import { documentOrder, documents, runs, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError, unknownSession } from '#lib/core/errors.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import type { Evidence, Value } from '#lib/core/values/value.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { isId } from '#lib/id.ts';

/**
 * The values of a session's run, the current one unless another is named, account by account in document order.
 * @throws RequestError 404 for an unknown session or run
 */
export async function getResults(
  { db }: Pick<Context, 'db'>,
  { sessionId, run: runNumber }: { sessionId: string; run?: number | undefined },
): Promise<Results> {
  const [run] = isId(sessionId)
    ? await db
        .select({ id: runs.id, number: runs.number, version: sessions.version })
        .from(runs)
        .innerJoin(sessions, eq(sessions.id, runs.sessionId))
        .where(and(eq(runs.sessionId, sessionId), eq(runs.number, runNumber ?? sessions.run)))
    : [];
  if (!run) {
    if (runNumber === undefined) throw unknownSession(sessionId);
    throw new RequestError('not_found', 'unknown_run', `This session has no run ${runNumber}`);
  }
  const found = await db
    .select(accountColumns)
    .from(accounts)
    .innerJoin(documents, eq(documents.id, accounts.documentId))
    .where(eq(accounts.runId, run.id))
    .orderBy(...documentOrder, asc(accounts.accountIndex));
  const values = await db
    .select()
    .from(fieldValues)
    .where(and(eq(fieldValues.runId, run.id), eq(fieldValues.isDeleted, false)))
    .orderBy(asc(fieldValues.position));
  const byAccount = Map.groupBy(values, (row) => `${row.documentId}/${row.accountIndex}`);
  return {
    run: run.number,
    version: run.version,
    accounts: found.map((account) =>
      toAccountView(account, byAccount.get(`${account.documentId}/${account.accountIndex}`) ?? []),
    ),
  };
}

export const accountColumns = {
  documentId: accounts.documentId,
  accountIndex: accounts.accountIndex,
  accountNumber: accounts.accountNumber,
  pages: accounts.pages,
  boundaries: accounts.boundaries,
};
type AccountRow = Pick<typeof accounts.$inferSelect, keyof typeof accountColumns>;

/** An account with its values: rows that are not deleted, in their order. */
export function toAccountView(account: AccountRow, rows: readonly (typeof fieldValues.$inferSelect)[]): AccountView {
  return {
    document_id: account.documentId,
    account_index: account.accountIndex,
    account_number: account.accountNumber,
    pages: account.pages,
    boundaries: (account.boundaries ?? []).map(({ pageNum, reasons, certainty }) => ({
      page_num: pageNum,
      reasons,
      certainty,
    })),
    data: toRecord(rows.flatMap((row) => row.leaves)),
    fields: rows.flatMap((row) => row.leaves.map((leaf, column) => toFieldView(row, leaf, column))),
  };
}

function toFieldView(row: typeof fieldValues.$inferSelect, leaf: Value, column: number): ValueView {
  const { suggestion = null } = leaf;
  const original = row.extracted?.[column] ?? null;
  // Only a single value that is required needs attention where it was not found.
  const reason = attentionReason(leaf, row.rowId === null && row.needsAttention > 0);
  return {
    id: row.rowId ? `${row.id}.${column}` : row.id,
    path: pathText(leaf.path),
    row_id: row.rowId,
    label: leaf.label,
    type: leaf.type,
    value: leaf.value,
    raw: leaf.raw,
    state: leaf.state,
    evidence: toEvidenceView(leaf.evidence),
    trust: leaf.trust,
    attention: reason !== null,
    attention_reason: reason,
    signals: leaf.signals,
    checks: leaf.checks,
    original: original && { value: original.value, raw: original.raw, state: original.state },
    suggestion: suggestion && {
      value: suggestion.value,
      raw: suggestion.raw,
      evidence: toEvidenceView(suggestion.evidence),
    },
    version: row.version,
  };
}

function toEvidenceView(evidence: Evidence | null): EvidenceView | null {
  return evidence && { page_num: evidence.pageNum, quote: evidence.quote, boxes: evidence.boxes };
}
