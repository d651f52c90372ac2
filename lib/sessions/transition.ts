import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isId } from '#lib/id.ts';
import { unknownSession } from './get.ts';
import { type SessionTransition, sessionTransitions } from '../core/lifecycle.ts';

const verbs: Record<SessionTransition, string> = {
  finish: 'finished',
  fail: 'failed',
  cancel: 'cancelled',
  retry: 'retried',
  reextract: 'extracted again',
  rearrange: 'rearranged',
  verify: 'verified',
  reopen: 'reopened',
};

type Changes = Partial<typeof sessions.$inferInsert>;

/**
 * Moves a session along one transition: one conditional UPDATE whose result is checked.
 * @throws RequestError 404 when there is no such session, 409 when its state does not allow it.
 */
export async function moveSession(
  tx: Transaction,
  id: string,
  transition: SessionTransition,
  changes: Changes = {},
): Promise<typeof sessions.$inferSelect> {
  if (!isId(id)) throw unknownSession(id);
  const { from, to } = sessionTransitions[transition];
  const [moved] = await tx
    .update(sessions)
    .set({ ...changes, status: to })
    .where(
      and(
        eq(sessions.id, id),
        inArray(sessions.status, [...from]),
        // A complete session has nothing to retry.
        transition === 'retry' ? sql`(${sessions.status} <> 'in_progress' or ${sessions.partial})` : undefined,
      ),
    )
    .returning();
  if (moved) return moved;
  const [found] = await tx
    .select({ status: sessions.status, partial: sessions.partial })
    .from(sessions)
    .where(eq(sessions.id, id));
  if (!found) throw unknownSession(id);
  const state = found.status.replace('_', ' ');
  const why = transition === 'retry' && found.status === 'in_progress' ? 'nothing in it failed' : `it is ${state}`;
  throw new RequestError('conflict', 'not_allowed', `This session cannot be ${verbs[transition]}: ${why}`);
}
