import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Acting } from '#lib/context.ts';
import { RequestError, unknownSession } from '#lib/core/errors.ts';
import { type SessionTransition, sessionTransitions } from '#lib/core/lifecycle.ts';
import type { Transaction } from '#lib/db/client.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { record } from '#lib/events.ts';
import { isId } from '#lib/id.ts';

type Session = typeof sessions.$inferSelect;
type Move = Exclude<SessionTransition, 'create'>;

/** What a refusal says: "This session cannot be retried". */
const participles: Record<Move, string> = {
  finish: 'finished',
  fail: 'failed',
  cancel: 'cancelled',
  retry: 'retried',
  reextract: 'extracted again',
  rearrange: 'rearranged',
  force: 'processed now',
  give_password: 'unlocked',
  verify: 'verified',
  reopen: 'reopened',
};

/** A session that is processing again has no outcome yet. */
export const noOutcome = { failureReason: null, failureMessage: null, finishedAt: null } as const;

/** The same of one that is worked on again: the time that people took in between is not its own. */
export const workedOnAgain = { ...noOutcome, startedAt: null } as const;

type Changes = Omit<Partial<typeof sessions.$inferInsert>, 'status'>;

/** Writes a new session, in its first state, and its event. */
export async function insertSession(
  { tx, actor }: Acting,
  session: Omit<typeof sessions.$inferInsert, 'status'> & { id: string },
): Promise<void> {
  const { to: status, event: type } = sessionTransitions.create;
  await tx.insert(sessions).values({ ...session, status });
  await record(tx, { type, sessionId: session.id, run: 1, actor });
}

/**
 * Moves a session along one transition: one conditional UPDATE whose result is checked, and its event.
 * @throws RequestError 404 when there is no such session, 409 when its state does not allow it.
 */
export async function moveSession(
  { tx, actor }: Acting,
  id: string,
  transition: Move,
  changes: Changes = {},
  documentId?: string,
): Promise<Session> {
  if (!isId(id)) throw unknownSession(id);
  const { from, to, event: type } = sessionTransitions[transition];
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
  if (!moved) throw await refusal(tx, id, transition);
  await record(tx, { type, sessionId: id, ...(documentId && { documentId }), run: moved.run, actor });
  return moved;
}

async function refusal(tx: Transaction, id: string, transition: Move): Promise<RequestError> {
  const [found] = await tx.select({ status: sessions.status }).from(sessions).where(eq(sessions.id, id));
  if (!found) return unknownSession(id);
  const state = found.status.replace('_', ' ');
  const why = transition === 'retry' && found.status === 'in_progress' ? 'nothing in it failed' : `it is ${state}`;
  return new RequestError('conflict', 'not_allowed', `This session cannot be ${participles[transition]}: ${why}`);
}
