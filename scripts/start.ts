import { connect } from 'node:net';
import { EnvError, type Env, parseEnv } from '#lib/env.ts';
import { openDatabase } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { createLogger } from '#lib/log.ts';
import { openQueue } from '#lib/queue.ts';
import { ensureReadyMadeSchemas } from '#lib/schemas/ready-made.ts';
import { ensureBuilt } from './build.ts';
import { lockDataDir } from './data-dir.ts';
import { type EmbeddedPostgres, startPostgres, StartError } from './postgres.ts';
import { supervise, type Supervised } from './supervise.ts';

const log = createLogger('start');
const isDev = process.argv.includes('--dev');

try {
  await main();
} catch (error) {
  if (error instanceof EnvError || error instanceof StartError) log.fatal(error.message);
  else log.fatal({ err: error }, 'Sluice could not start');
  process.exit(1);
}

async function main() {
  const env = parseEnv(process.env);
  const stops: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      log.info('stopping');
      for (const step of stops.toReversed()) await step();
    })();
    return stopping;
  };
  const stopAndExit = () => void stop().then(() => process.exit(0));
  process.on('SIGINT', stopAndExit);
  process.on('SIGTERM', stopAndExit);
  process.on('SIGHUP', stopAndExit);

  try {
    await refuseTakenPort(env);
    const unlock = await lockDataDir(env.DATA_DIR);
    stops.push(unlock);
    const url = env.DATABASE_URL ?? (await embed(env, stops));
    await prepareDatabase(url);
    if (!isDev) await ensureBuilt(env.DATA_DIR, log);
    if (stopping) return;
    const children = startChildren(
      { ...process.env, DATABASE_URL: url, DATA_DIR: env.DATA_DIR, NEXT_TELEMETRY_DISABLED: '1' },
      stops,
    );
    await Promise.all(children.map((child) => child.ready));
    log.info(`Sluice is ready at http://${env.HOST}:${env.PORT}`);
    if (!process.stdout.isTTY) process.stdout.write(`Sluice is ready at http://${env.HOST}:${env.PORT}\n`);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function embed(env: Env, stops: (() => Promise<unknown>)[]): Promise<string> {
  const server: EmbeddedPostgres = await startPostgres({ dataDir: env.DATA_DIR });
  stops.push(() => server.stop());
  const place = server.dir.startsWith(env.DATA_DIR)
    ? {}
    : { note: 'DATA_DIR cannot be reached by the database user, so its files are elsewhere' };
  log.info({ dir: server.dir, ...place }, server.adopted ? 'took over the database left running' : 'database started');
  return server.url;
}

async function prepareDatabase(url: string): Promise<void> {
  await migrate(url);
  const queue = await openQueue(url, { monitor: false, log });
  await queue.close();
  const client = openDatabase(url, { max: 1 });
  try {
    await ensureReadyMadeSchemas(client.db);
  } finally {
    await client.close();
  }
}

/** The database is stopped last, after those that use it. */
function startChildren(env: NodeJS.ProcessEnv, stops: (() => Promise<unknown>)[]): Supervised[] {
  const worker = supervise(
    'worker',
    [...(isDev ? ['--watch-path=worker', '--watch-path=lib'] : []), 'worker/main.ts'],
    env,
    log,
  );
  const web = supervise('web', ['scripts/web.ts', ...(isDev ? ['--dev'] : [])], env, log);
  stops.push(() => Promise.all([web.stop(8000), worker.stop(28_000)]));
  return [worker, web];
}

async function refuseTakenPort({ HOST, PORT }: Env): Promise<void> {
  const taken = await new Promise<boolean>((resolve) => {
    const socket = connect(PORT, HOST);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
  if (taken)
    throw new StartError(`Port ${PORT} is taken: stop what uses it, or choose another with PORT=${PORT + 1} npm start`);
}
