import { openDatabase } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { checkVersion } from '#lib/db/version.ts';
import type { Logger } from '#lib/log.ts';
import { openQueue } from './queue/open.ts';
import { ensureReadyMadeSchemas } from '#lib/schemas/ready-made.ts';

/**
 * Everything that a database needs before a process uses it: tables, queues, ready-made schemas. Safe to run again, in
 * several processes at once, and beside running processes of the version before.
 * @throws VersionError when the database belongs to a newer program, or a running worker is too old for this one
 */
export async function prepareDatabase(url: string, log: Logger): Promise<void> {
  await migrate(url);
  const client = openDatabase(url, { max: 1 });
  try {
    await checkVersion(client.db);
    const queue = await openQueue(url, { monitor: false, updateQueues: true, log });
    await queue.close();
    await ensureReadyMadeSchemas(client.db);
  } finally {
    await client.close();
  }
}
