import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { settings } from '#lib/db/tables/installation.ts';

const keyName = 'layout_key';

/** The key of this installation's hashes of words: made once, kept in its database alone. */
export async function layoutKey(db: Executor): Promise<string> {
  const made = randomBytes(32).toString('base64url');
  await db.insert(settings).values({ key: keyName, value: made }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, keyName));
  return String(row?.value);
}
