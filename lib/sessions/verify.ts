import type { Obstacle } from '#lib/core/contract/reviews.ts';
import { and, eq } from 'drizzle-orm';
import type { Acting, Context } from '#lib/context.ts';
import { actorName } from '#lib/core/actor.ts';
import type { Transaction } from '#lib/db/client.ts';
import { edits } from '#lib/db/tables/reviews.ts';
import { fieldValues } from '#lib/db/tables/results.ts';
import { runs, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import type { Value } from '#lib/core/values/value.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { newId } from '#lib/id.ts';
import { requestLearning } from '#lib/layouts/due.ts';
import { forgetSession, markDue } from '#lib/layouts/lessons.ts';
import { sessionTransitions } from '../core/lifecycle.ts';
import { moveSession } from '../lifecycle/sessions.ts';

/** Named in a refusal; more than that no one reads. */
const maxNamed = 20;

interface StatusChange {
  id: string;
  /** What the person says about it. */
  reason: string | null;
}

/**
 * Marks a session as checked by a person, and lets workers learn from it. Status, audit and event are one transaction.
 * @throws RequestError 404; 409 when it is not in progress, when errors stand (named in `errors`), or, without a reason,
 * when something else about it is open: a warning, a value that needs attention, or a part that failed
 */
export async function verifySession(
  context: Pick<Context, 'db' | 'actor' | 'queue' | 'log'>,
  { id, reason }: StatusChange,
): Promise<void> {
  const { db, actor } = context;
  await db.transaction(async (tx) => {
    const session = await moveSession({ tx, actor }, id, 'verify');
    const { errors, warnings } = await obstaclesOf(tx, session);
    if (errors.length > 0) {
      const message = `${errors.length === 1 ? 'One error remains' : `${errors.length} errors remain`}: ${errors[0]?.path}: ${errors[0]?.message}`;
      throw new VerifyRefused('errors_stand', message, { errors: errors.slice(0, maxNamed) });
    }
    const open = [
      ...warnings.map((warning) => `${warning.path}: ${warning.message}`),
      ...(session.needsAttention > 0 ? [`${session.needsAttention} values need attention`] : []),
      ...(session.partial ? ['a part of it failed'] : []),
    ];
    if (open.length > 0 && !reason) {
      const message = `Give a reason for verifying with warnings (reason): ${open.slice(0, 3).join('; ')}`;
      throw new VerifyRefused('reason_needed', message, { warnings: warnings.slice(0, maxNamed) });
    }
    await recordStatus({ tx, actor }, session, 'verify', reason);
    await markDue(tx, id);
  });
  await requestLearning(context);
}

/** Opens a verified session for changes again; what was learned from it is forgotten. @throws RequestError 404, or 409 when it is not verified */
export async function reopenSession(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  { id, reason }: StatusChange,
): Promise<void> {
  await db.transaction(async (tx) => {
    const session = await moveSession({ tx, actor }, id, 'reopen');
    await recordStatus({ tx, actor }, session, 'reopen', reason);
    await forgetSession(tx, id);
  });
}

class VerifyRefused extends RequestError {
  readonly obstacles: object;

  constructor(code: string, message: string, obstacles: object) {
    super('conflict', code, message);
    this.obstacles = obstacles;
  }

  override get details(): object {
    return this.obstacles;
  }
}

async function recordStatus(
  { tx, actor }: Acting,
  session: typeof sessions.$inferSelect,
  kind: 'verify' | 'reopen',
  reason: string | null,
): Promise<void> {
  const { from, to } = sessionTransitions[kind];
  const about = { id: newId(), sessionId: session.id, changeId: newId(), run: session.run, kind, reason };
  const states = { before: { status: from[0] }, after: { status: to } };
  await tx.insert(edits).values({ ...about, ...states, actor: actorName(actor) });
  await tx
    .update(sessions)
    .set({ version: session.version + 1 })
    .where(eq(sessions.id, session.id));
}

async function obstaclesOf(tx: Transaction, session: typeof sessions.$inferSelect) {
  const rows = await tx
    .select({
      id: fieldValues.id,
      rowId: fieldValues.rowId,
      documentId: fieldValues.documentId,
      accountIndex: fieldValues.accountIndex,
      leaves: fieldValues.leaves,
    })
    .from(fieldValues)
    .innerJoin(runs, eq(runs.id, fieldValues.runId))
    .where(and(eq(runs.sessionId, session.id), eq(runs.number, session.run), eq(fieldValues.isDeleted, false)));
  const failed = (severity: 'error' | 'warning') =>
    rows.flatMap((row) =>
      row.leaves.flatMap((leaf, column): Obstacle[] => {
        const check = leaf.checks.find((one) => !one.ok && one.severity === severity);
        return check ? [toObstacle(row, leaf, column, check.message)] : [];
      }),
    );
  return { errors: failed('error'), warnings: failed('warning') };
}

function toObstacle(
  row: { id: string; rowId: string | null; documentId: string; accountIndex: number },
  leaf: Value,
  column: number,
  message: string,
): Obstacle {
  return {
    id: row.rowId ? `${row.id}.${column}` : row.id,
    path: pathText(leaf.path),
    document_id: row.documentId,
    account_index: row.accountIndex,
    message,
  };
}
