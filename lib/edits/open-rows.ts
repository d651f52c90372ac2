import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { fieldValues } from '#lib/db/tables/results.ts';
import { RequestError } from '#lib/core/errors.ts';
import type { Value } from '#lib/core/values/value.ts';
import { rowPath } from '#lib/core/values/list-rows.ts';

/** A row of values while it is edited; `field_values` has the meaning of the columns. */
export interface OpenRow {
  id: string;
  path: string;
  rowId: string | null;
  isListRow: boolean;
  leaves: Value[];
  extracted: Value[] | null;
  isDeleted: boolean;
  needsAttention: number;
  version: number;
}

/** All rows of one account, in order, to be changed in place and written by `writeRows`. */
export interface OpenAccount {
  documentId: string;
  accountIndex: number;
  rows: OpenRow[];
  /** As they were when opened, by id, with their positions. */
  before: ReadonlyMap<string, OpenRow & { position: number }>;
}

export interface Targets {
  /** Ids of rows of `field_values`. */
  ids: readonly string[];
  rowIds: readonly string[];
  accounts: readonly { documentId: string; accountIndex: number }[];
}

/** Opens the accounts of a run that hold these rows, and those named. */
export async function openAccounts(tx: Transaction, runId: string, targets: Targets): Promise<OpenAccount[]> {
  const sought = or(
    targets.ids.length > 0 ? inArray(fieldValues.id, [...targets.ids]) : undefined,
    targets.rowIds.length > 0 ? inArray(fieldValues.rowId, [...targets.rowIds]) : undefined,
  );
  const holding = sought
    ? await tx
        .selectDistinct({ documentId: fieldValues.documentId, accountIndex: fieldValues.accountIndex })
        .from(fieldValues)
        .where(and(eq(fieldValues.runId, runId), sought))
    : [];
  const wanted = new Map(
    [...holding, ...targets.accounts].map((one) => [`${one.documentId}/${one.accountIndex}`, one]),
  );
  const opened: OpenAccount[] = [];
  for (const account of wanted.values()) opened.push(await openAccount(tx, runId, account));
  return opened;
}

async function openAccount(
  tx: Transaction,
  runId: string,
  { documentId, accountIndex }: { documentId: string; accountIndex: number },
): Promise<OpenAccount> {
  const found = await tx
    .select()
    .from(fieldValues)
    .where(
      and(
        eq(fieldValues.runId, runId),
        eq(fieldValues.documentId, documentId),
        eq(fieldValues.accountIndex, accountIndex),
      ),
    )
    .orderBy(asc(fieldValues.position));
  const rows = found.map((row) => {
    const { id, rowId, leaves, extracted, isDeleted, needsAttention, version } = row;
    const isListRow = rowId !== null;
    // Kept texts of paths may be older than the quoting of names.
    const path = rowPath(row) ?? row.path;
    return { id, path, rowId, isListRow, leaves, extracted, isDeleted, needsAttention, version };
  });
  const before = new Map(rows.map((row, index) => [row.id, { ...row, position: found[index]?.position ?? index }]));
  return { documentId, accountIndex, rows, before };
}

/** A value's row and column from `FieldView.id`. */
export function placeOf(valueId: string): { id: string; column: number } {
  const [id = '', column = '0'] = valueId.split('.');
  return { id, column: Number(column) };
}

/** @throws RequestError 404 when no open account has it */
export function findRow(
  accounts: readonly OpenAccount[],
  is: (row: OpenRow) => boolean,
  name: string,
): { account: OpenAccount; row: OpenRow; index: number } {
  for (const account of accounts) {
    const index = account.rows.findIndex(is);
    const row = account.rows[index];
    if (row) return { account, row, index };
  }
  throw new RequestError('not_found', 'unknown_value', `The current run of this session has no value ${name}`);
}
