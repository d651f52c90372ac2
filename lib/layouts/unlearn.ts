import { eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { isId } from '#lib/id.ts';
import { unknownSession } from '#lib/core/errors.ts';
import { forgetSession } from './lessons.ts';

/** Forgets what was learned from a session, which stays as it is. Gives the number of pages. @throws RequestError 404 */
export async function unlearnSession({ db }: Pick<Context, 'db'>, id: string): Promise<number> {
  if (!isId(id)) throw unknownSession(id);
  return db.transaction(async (tx) => {
    const [session] = await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id)).for('update');
    if (!session) throw unknownSession(id);
    return forgetSession(tx, id);
  });
}
