import '#lib/env-file.ts';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { connect } from 'node:net';
import { EnvError, type Env, parseEnv } from '#lib/env.ts';
import { VersionError } from '#lib/db/version.ts';
import { createLogger } from '#lib/log.ts';
import { ensureBuilt } from './build.ts';
import { lockDataDir } from './data-dir.ts';
import { openDatabase } from './open-database.ts';
import { StartError } from './start-error.ts';
import { supervise, type Supervised } from './children.ts';
import { together } from './together.ts';

const log = createLogger('start');
const isDev = process.argv.includes('--dev');

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (!stopping.signal.aborted) log.info('stopping');
    stopping.abort();
  });
}

try {
  await run(stopping.signal);
} catch (error) {
  // What breaks because the start was stopped is no failure.
  if (!stopping.signal.aborted) {
    if (error instanceof EnvError || error instanceof StartError || error instanceof VersionError)
      log.fatal(error.message);
    else log.fatal({ err: error }, 'Sluice could not start');
    process.exit(1);
  }
}
process.exit(0);

/** Starts all and runs until it is told to stop; what was started is stopped in reverse order, however far it came. */
async function run(signal: AbortSignal): Promise<void> {
  const env = parseEnv(process.env);
  await using stops = new AsyncDisposableStack();
  await refuseTakenPort(env);
  stops.defer(await lockDataDir(env.DATA_DIR));
  const [url] = await together(
    signal,
    (halt) => openDatabase(env, stops, log, halt),
    async (halt) => {
      if (!isDev) await ensureBuilt(env.DATA_DIR, log, halt);
    },
  );
  signal.throwIfAborted();
  const childEnv = { ...process.env, DATABASE_URL: url, DATA_DIR: env.DATA_DIR, NEXT_TELEMETRY_DISABLED: '1' };
  const children = startChildren(childEnv);
  stops.defer(async () => {
    await Promise.all(children.map(({ child, graceMs }) => child.stop(graceMs)));
  });
  const stopped = once(signal, 'abort');
  await Promise.race([stopped, Promise.all(children.map(({ child }) => child.ready))]);
  signal.throwIfAborted();
  const host = env.HOST === '::1' ? '[::1]' : env.HOST;
  log.info(`Sluice is ready at http://${host}:${env.PORT}`);
  if (!process.stdout.isTTY) process.stdout.write(`Sluice is ready at http://${host}:${env.PORT}\n`);
  await stopped;
}

function startChildren(env: NodeJS.ProcessEnv): { child: Supervised; graceMs: number }[] {
  const worker = supervise('worker', ['worker/main.ts'], env, log);
  if (isDev) onChange(['worker', 'lib'], () => worker.restart());
  const web = supervise('web', ['scripts/web/main.ts', ...(isDev ? ['--dev'] : [])], env, log);
  // Next reloads the pages by itself; the rest of the process is loaded once.
  if (isDev) onChange(['app/api', 'app/pdfjs', 'lib', 'scripts/web'], () => web.restart());
  return [
    { child: web, graceMs: 8000 },
    { child: worker, graceMs: 28_000 },
  ];
}

/** Calls back once for changes that come together, as an editor and a checkout make them. */
function onChange(folders: string[], action: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(action, 200);
    });
  }
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
