import type { Health } from '#lib/core/contract/workers.ts';
import { sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { checkStorage } from '#lib/storage/check.ts';
import { liveWorkers } from './registry.ts';

/** Whether database, storage and at least one worker answer. Never throws. */
export async function checkHealth({
  db,
  storage,
  log,
}: Pick<Context, 'db' | 'storage' | 'log'>): Promise<Health & { healthy: boolean }> {
  const ask = async (name: string, question: () => Promise<string>) => {
    try {
      return await question();
    } catch (error) {
      log.warn({ err: error }, `health: ${name}`);
      return `${name} does not answer`;
    }
  };
  const notes: string[] = [];
  const checks = {
    database: await ask('the database', async () => {
      await db.execute(sql`select 1`);
      return 'ok';
    }),
    storage: await ask('the storage', async () => {
      await checkStorage(storage);
      notes.push(...[await storage.shortcoming()].filter((shortcoming) => shortcoming !== null));
      return 'ok';
    }),
    workers: await ask('the database', async () =>
      (await liveWorkers(db)).length > 0 ? 'ok' : 'no worker is running',
    ),
  };
  return { healthy: Object.values(checks).every((state) => state === 'ok'), checks, notes };
}
