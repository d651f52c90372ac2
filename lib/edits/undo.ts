import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { edits } from '#lib/db/tables/reviews.ts';
import { RequestError } from '#lib/core/errors.ts';
import type { Value } from '#lib/core/values/value.ts';
import { type Change, changeRow } from './apply-operation.ts';
import type { EditedSession } from './edited-session.ts';
import type { EditState } from '../core/contract/edit-kinds.ts';
import { type Moving, restoreMoved } from './move-pages.ts';
import { findRow, type OpenAccount, type OpenRow } from './open-rows.ts';
import type { Operation } from '../core/contract/edits.ts';

type Edit = typeof edits.$inferSelect;

/** What was done by the changes that these operations take back, in the order in which it was done. */
export async function changesOf(
  tx: Transaction,
  session: EditedSession,
  operations: readonly Operation[],
): Promise<Edit[]> {
  const ids = operations.flatMap((operation) => (operation.op === 'undo' ? operation.change_id : []));
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(edits)
    .where(and(eq(edits.sessionId, session.id), inArray(edits.changeId, ids)))
    .orderBy(asc(edits.id));
}

/**
 * Takes back one change: each row is again as it was before. An undo is a change like any other, so taking it back
 * does the change again.
 * @throws RequestError 404 for an unknown change, 409 when something it changed was changed again, or run again, since
 */
export async function takeBack(
  moving: Moving,
  session: EditedSession,
  accounts: readonly OpenAccount[],
  undone: readonly Edit[],
  changeId: string,
): Promise<Change[]> {
  const own = undone.filter((edit) => edit.changeId === changeId);
  if (own.length === 0) throw new RequestError('not_found', 'unknown_change', `This session has no change ${changeId}`);
  if (own.some((edit) => edit.run !== session.run)) throw changedSince('The session was extracted again since');
  const changes: Change[] = [];
  for (const edit of own.toReversed()) {
    const { before, after, documentId } = edit;
    if (after && 'moved' in after && documentId) {
      changes.push(await restoreMoved(moving, session, documentId, before && 'moved' in before ? before.moved : null));
    } else if (after && 'leaves' in after) changes.push(restoreRow(accounts, edit, before, after));
    else throw new RequestError('invalid', 'not_undoable', 'Verifying and reopening undo each other');
  }
  return changes.map((change) => ({ ...change, revertsChangeId: changeId }));
}

function restoreRow(
  accounts: readonly OpenAccount[],
  edit: Edit,
  before: EditState | null,
  after: Extract<EditState, { leaves: Value[] }>,
): Change {
  const { account, row } = findRow(accounts, (one) => one.id === edit.valueId, edit.path ?? '');
  if (!isSameState(row, after)) throw changedSince(`${edit.path} was changed again since`);
  const path = edit.path ?? row.path;
  // A row that did not stand before is deleted, not forgotten: the change may be done again.
  if (!before || !('leaves' in before)) return changeRow(account, row, 'undo', path, { isDeleted: true });
  const { leaves, extracted, isDeleted } = before;
  return changeRow(account, row, 'undo', path, { leaves, extracted, isDeleted });
}

/** The same decisions: numbers of rows, checks and trust follow from other values too. */
function isSameState(row: OpenRow, state: Extract<EditState, { leaves: Value[] }>): boolean {
  if (row.isDeleted !== state.isDeleted || row.leaves.length !== state.leaves.length) return false;
  return row.leaves.every((leaf, index) => {
    const other = state.leaves[index];
    return leaf.state === other?.state && leaf.value === other.value;
  });
}

function changedSince(what: string): RequestError {
  return new RequestError('conflict', 'changed_since', `${what}: it cannot be undone`);
}
