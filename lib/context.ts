import type { Actor } from '#lib/core/actor.ts';
import { exclusiveInDatabase } from '#lib/db/exclusive.ts';
import { type DatabaseClient, openDatabase, type Transaction } from '#lib/db/client.ts';
import { logConflict } from '#lib/db/conflicts.ts';
import { checkVersion } from '#lib/db/version.ts';
import { type Env, env, EnvError } from '#lib/env.ts';
import { createLogger, type Logger } from '#lib/log.ts';
import { openQueue, type Queue } from '#lib/queue/open.ts';
import { openStorage } from '#lib/storage/open.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { openTemporaryFiles, type TemporaryFiles } from '#lib/temporary-files.ts';

/** What a process works with, whoever it acts for. */
export interface Services extends Pick<TemporaryFiles, 'spoolDir' | 'workDir'> {
  env: Env;
  log: Logger;
  db: DatabaseClient['db'];
  /** The driver under `db`, for LISTEN. */
  sql: DatabaseClient['sql'];
  storage: Storage;
  queue: Queue;
}

/** What a verb works with: a process's services, and who acts. */
export interface Context extends Services {
  actor: Actor;
}

/** One transaction, and who makes it. */
export interface Acting {
  tx: Transaction;
  actor: Actor;
}

/** A process that is stopped in the middle of a transaction holds up whoever needs the same rows. */
const maxIdleTransactionMs = 15_000;

/** Opens what a process needs. `monitor`: it also looks for lost workers. */
export async function openServices(
  name: string,
  settings: Env,
  options: { monitor: boolean; log?: Logger },
): Promise<Services & { close(): Promise<void> }> {
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
  const storage = openStorage(settings, exclusiveInDatabase(client.db));
  const temporary = openTemporaryFiles(settings.DATA_DIR, storage, log);
  storage.shortcoming().then(
    (shortcoming) => shortcoming && log.warn({ storage: storage.description }, shortcoming),
    (error: unknown) => log.warn({ err: error, storage: storage.description }, 'the storage does not answer'),
  );
  return {
    env: settings,
    log,
    db: client.db,
    sql: client.sql,
    storage,
    queue,
    spoolDir: temporary.spoolDir,
    workDir: temporary.workDir,
    async close() {
      await queue.close();
      await client.close();
      await temporary.close();
    },
  };
}

// Next loads a module once per bundle, a process must have one pool: so it hangs on the process, not on the module.
const shared: { sluice?: Promise<Services> } = globalThis as never;

/** The services of the web process, opened on first use. A failed opening is tried again by the next caller. */
export function webServices(): Promise<Services> {
  shared.sluice ??= openServices('web', env(), { monitor: false }).catch((error: unknown) => {
    delete shared.sluice;
    throw error;
  });
  return shared.sluice;
}
