import { join } from 'node:path';
import { type DatabaseClient, openDatabase } from '#lib/db/client.ts';
import { logConflict } from '#lib/db/conflicts.ts';
import { checkVersion } from '#lib/db/version.ts';
import { type Env, env, EnvError } from '#lib/env.ts';
import { createLogger, type Logger } from '#lib/log.ts';
import { openQueue, type Queue } from '#lib/queue.ts';
import { openStorage } from '#lib/storage/open.ts';
import type { Storage } from '#lib/storage/storage.ts';

/** What the verbs of a process work with. */
export interface Context {
  env: Env;
  log: Logger;
  db: DatabaseClient['db'];
  /** The driver under `db`, for LISTEN. */
  sql: DatabaseClient['sql'];
  storage: Storage;
  queue: Queue;
  /** Where uploads are spooled. On the storage's disk by default, so that a spooled file is moved, not copied. */
  spoolDir: string;
}

/** A process that is stopped in the middle of a transaction holds up whoever needs the same rows. */
const maxIdleTransactionMs = 15_000;

/** Opens what a process needs. `monitor`: it also looks for lost workers. */
export async function openContext(
  name: string,
  settings: Env,
  options: { monitor: boolean; log?: Logger },
): Promise<Context & { close(): Promise<void> }> {
  const url = settings.DATABASE_URL;
  if (!url) {
    throw new EnvError('DATABASE_URL is not set: use npm start, which brings a database, or set it to your own');
  }
  const log = options.log ?? createLogger(name, settings.LOG_LEVEL);
  const client = openDatabase(url, {
    name: `sluice-${name}`,
    max: 20,
    idleTransactionMs: maxIdleTransactionMs,
    onConflict: logConflict(log),
  });
  const queue = await checkVersion(client.db)
    .then(() => openQueue(url, { monitor: options.monitor, log }))
    .catch(async (error: unknown) => {
      await client.close();
      throw error;
    });
  return {
    env: settings,
    log,
    db: client.db,
    sql: client.sql,
    storage: openStorage(settings),
    queue,
    spoolDir: join(settings.DATA_DIR, 'spool'),
    async close() {
      await queue.close();
      await client.close();
    },
  };
}

// Next loads a module once per bundle, a process must have one pool: so it hangs on the process, not on the module.
const shared: { sluice?: Promise<Context> } = globalThis as never;

/** The context of the web process, opened on first use. A failed opening is tried again by the next caller. */
export function appContext(): Promise<Context> {
  shared.sluice ??= openContext('web', env(), { monitor: false }).catch((error: unknown) => {
    delete shared.sluice;
    throw error;
  });
  return shared.sluice;
}
