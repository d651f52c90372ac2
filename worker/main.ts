import '#lib/env-file.ts';
import { openServices } from '#lib/context.ts';
import { VersionError } from '#lib/db/version.ts';
import { EnvError, parseEnv } from '#lib/env.ts';
import { createLogger } from '#lib/log.ts';
import { startWorker } from './worker.ts';

/** What runs may continue for so long after SIGTERM; then it is returned to the queue. All of it ends within 25 s. */
const graceMs = 15_000;
/** The exit code that asks the supervisor to start this worker again at once. */
const restartCode = 75;

const log = createLogger('worker');
try {
  await main();
} catch (error) {
  if (error instanceof EnvError || error instanceof VersionError) log.fatal(error.message);
  else log.fatal({ err: error }, 'the worker could not start');
  process.exit(1);
}

async function main() {
  const services = await openServices('worker', parseEnv(process.env), { monitor: true, log });
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping: running documents finish or go back to the queue');
    await worker.stop(graceMs);
    await services.close();
    process.exit(code);
  };
  const worker = await startWorker(services, () => void stop(restartCode));
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  // The supervisor is gone: an orphan must not go on.
  process.on('disconnect', () => void stop(0));
  process.send?.('ready');
}
