import postgres from 'postgres';
import type { Env } from '#lib/env.ts';
import type { Logger } from '#lib/log.ts';
import { prepareDatabase } from '#lib/prepare-database.ts';
import { startPostgres } from './postgres.ts';
import { StartError } from './start-error.ts';

/** Gives the address of a database that has all tables. One that comes along is stopped by `stops`. */
export async function openDatabase(
  env: Env,
  stops: AsyncDisposableStack,
  log: Logger,
  signal: AbortSignal,
): Promise<string> {
  const url = env.DATABASE_URL ? await reachable(env.DATABASE_URL) : await embed(env, stops, log);
  signal.throwIfAborted();
  await prepareDatabase(url, log);
  return url;
}

/** @throws StartError when no database answers there; it names the place, never the password */
async function reachable(url: string): Promise<string> {
  const { host } = new URL(url);
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
    return url;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The database at ${host} cannot be used (${reason}): check DATABASE_URL`, { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function embed(env: Env, stops: AsyncDisposableStack, log: Logger): Promise<string> {
  const onRestart = () => log.warn('the database ended and is being restarted');
  const server = await startPostgres({ dataDir: env.DATA_DIR, onRestart });
  stops.defer(() => server.stop());
  const place = server.dir.startsWith(env.DATA_DIR)
    ? {}
    : { note: 'DATA_DIR cannot be reached by the database user, so its files are elsewhere' };
  log.info({ dir: server.dir, ...place }, server.adopted ? 'took over the database left running' : 'database started');
  return server.url;
}
