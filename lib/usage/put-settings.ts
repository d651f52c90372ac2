import { sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { settings } from '#lib/db/tables/installation.ts';
import { commandWorkers } from '#lib/workers/commands.ts';
import { forgetCounters, resumeWaiting } from '#lib/usage/budget.ts';
import { getSettings, settingsKey } from './get-settings.ts';
import { type Settings, settingsChangeSchema, settingsSchema } from '../core/contract/settings.ts';

/**
 * Changes budgets and prices for all workers at once. Documents that wait for a budget are tried again.
 * @throws ZodError naming what is wrong
 */
export async function putSettings({ db, queue }: Pick<Context, 'db' | 'queue'>, body: unknown): Promise<Settings> {
  const change = settingsChangeSchema.parse(body);
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${settingsKey}))`);
    const before = await getSettings({ db: tx });
    const value = settingsSchema.parse({
      budgets: { ...before.budgets, ...change.budgets },
      prices: change.prices ?? before.prices,
    });
    await tx
      .insert(settings)
      // By the clock, not as of the transaction's start: all that was refused before is older.
      .values({ key: settingsKey, value, updatedAt: sql`clock_timestamp()` })
      .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: sql`clock_timestamp()` } });
    await forgetCounters(tx);
    await resumeWaiting(tx, queue);
    await commandWorkers(tx, { kind: 'settings' });
    return value;
  });
}
