import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type EditOutcome, editSession } from './edit-session.ts';
import { findRow, placeOf } from './open-rows.ts';
import { editsSchema, type ValueChange } from '../core/contract/edits.ts';

/**
 * Sets, confirms or marks absent one value.
 * @throws RequestError as `editSession`, and 409 when the value is no longer the `version` that the caller saw
 */
export async function changeValue(
  context: Pick<Context, 'db' | 'queue' | 'actor'>,
  { sessionId, valueId, value, confirm, version, evidence }: ValueChange & { sessionId: string; valueId: string },
): Promise<EditOutcome> {
  const decided = value === undefined ? { op: confirm ? 'confirm' : 'absent' } : { op: 'set', value, evidence };
  const edits = editsSchema.parse({ operations: [{ ...decided, id: valueId }] });
  return editSession(context, {
    id: sessionId,
    ...edits,
    checkAccounts(accounts) {
      const { row } = findRow(accounts, ({ id }) => id === placeOf(valueId).id, valueId);
      if (version === undefined || version === row.version) return;
      throw new RequestError('conflict', 'changed', 'This value was changed in another window: reload it');
    },
  });
}
