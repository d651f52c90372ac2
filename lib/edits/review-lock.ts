import { type ReviewLock, reviewLockRequest } from '#lib/core/contract/reviews.ts';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { reviewClaims } from '#lib/db/tables/reviews.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { isId } from '#lib/id.ts';
import { unknownSession } from '#lib/core/errors.ts';

/** A claim holds so long after its window last said that it is there. */
const claimSeconds = 30;

/**
 * Says that a window reviews a session, so that another window can tell. Gives whose it is now: the window's, unless
 * another said so within the last half minute and `take_over` is false. It keeps no one from editing: versions do that.
 * @throws RequestError 404
 */
export async function takeReviewLock(
  { db }: Pick<Context, 'db'>,
  { id, holder, take_over }: z.output<typeof reviewLockRequest> & { id: string },
): Promise<ReviewLock> {
  if (!isId(id)) throw unknownSession(id);
  const expiresAt = sql<Date>`now() + make_interval(secs => ${claimSeconds})`;
  const isFree = sql`${take_over} or ${reviewClaims.holder} = ${holder} or ${reviewClaims.expiresAt} < now()`;
  await db
    .insert(reviewClaims)
    // Waits for a deletion of the session that is being committed, and then inserts doneResponse.
    .select(
      sql`select ${sessions.id}, ${holder}, ${expiresAt} from ${sessions} where ${sessions.id} = ${id} for key share`,
    )
    .onConflictDoUpdate({ target: reviewClaims.sessionId, set: { holder, expiresAt }, setWhere: isFree });
  const [claim] = await db.select().from(reviewClaims).where(eq(reviewClaims.sessionId, id));
  if (!claim) throw unknownSession(id);
  return { is_mine: claim.holder === holder, expires_at: claim.expiresAt.toISOString() };
}

/** The window is closed. Another's claim stays. */
export async function releaseReviewLock(
  { db }: Pick<Context, 'db'>,
  { id, holder }: { id: string; holder: string },
): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.delete(reviewClaims).where(sql`${reviewClaims.sessionId} = ${id} and ${reviewClaims.holder} = ${holder}`);
}
