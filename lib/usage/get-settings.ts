import { eq } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { settings } from '#lib/db/tables/installation.ts';
import { type Settings, settingsSchema } from '../core/contract/settings.ts';

export const settingsKey = 'spending';

/** What people set, or the defaults: no budget and no prices. */
export async function getSettings({ db }: { db: Executor }): Promise<Settings> {
  const [row] = await db.select().from(settings).where(eq(settings.key, settingsKey));
  return settingsSchema.parse(row?.value ?? {});
}
