import { hostname } from 'node:os';
import type { Context, Services } from '#lib/context.ts';
import { openCache } from '#lib/cache.ts';
import { newId } from '#lib/id.ts';
import { subscribeCommands } from '#lib/workers/commands.ts';
import { jobsChannel } from '#lib/queue/channel.ts';
import { programVersion } from '#lib/db/version.ts';
import { forgetWorker, reportWorker } from '#lib/workers/registry.ts';
import { type Compute, openCompute } from './compute/compute.ts';
import { openDefinitions } from './document/definitions.ts';
import type { Clock } from './lane/clock.ts';
import { openEngines } from './engines/open.ts';
import { startLoop } from './loop.ts';
import { findSchedules, startSchedules } from './run-schedules.ts';
import { findHandlers, runTasks } from './run-tasks.ts';
import { openReaders } from './readers/readers.ts';
import { openSecrets } from './document/secrets.ts';
import type { WorkerServices } from './document/document-work.ts';

const reportMs = 3000;
const lookMs = 5000;
const megabyte = 1024 * 1024;

export interface Worker {
  /** Claims no more; what runs has `graceMs` to finish and is handed back then. */
  stop(graceMs: number): Promise<void>;
}

/** Parts of a worker that tests put others in place of. */
export interface WorkerParts {
  /** The lane's. */
  clock?: Clock;
  /** Closed with the worker. */
  compute?: Compute;
}

/** Takes documents from the queue until it is stopped. `onRestart` is called when people ask all workers to restart. */
export async function startWorker(
  shared: Services,
  onRestart: () => void,
  { clock, compute = openCompute() }: WorkerParts = {},
): Promise<Worker> {
  const id = newId();
  const context: Context = { ...shared, actor: { kind: 'worker', id } };
  const { env, log, db } = context;
  const readers = openReaders(env, log);
  // The loop comes later: no call is made before.
  let confirm = () => Promise.resolve();
  const engines = await openEngines(context, compute, () => confirm(), clock);
  const services: WorkerServices = {
    db,
    cache: openCache(context.storage, log),
    storage: context.storage,
    queue: context.queue,
    actor: context.actor,
    readers,
    engines,
    compute,
    definitions: openDefinitions(compute),
    workDir: context.workDir,
    maxPages: env.MAX_PAGES,
    maxFileBytes: env.MAX_UPLOAD_MB * megabyte,
    secrets: await openSecrets(id),
    log,
  };
  const loop = startLoop(context, services);
  confirm = () => loop.confirm();
  const report = async () => {
    const row = {
      id,
      name: `worker-${process.pid}`,
      host: hostname(),
      slots: env.WORKER_DOCUMENTS,
      version: programVersion,
    };
    await reportWorker(db, {
      ...row,
      active: loop.active().length,
      isolation: readers.isolation,
      publicKey: services.secrets.publicKey,
    });
  };
  await report();
  const lost = (error: unknown) => log.error({ err: error }, 'a command could not be carried out');
  const commands = await subscribeCommands(context.sql, (command) => {
    if (command.kind === 'stop') loop.stopSession(command.sessionId);
    else if (command.kind === 'priority') loop.setPriority(command.sessionId, command.priority).catch(lost);
    else if (command.kind === 'settings') engines.reloadSettings().catch(lost);
    else if (command.kind === 'pause') engines.lane.pause(command.until, command.reason);
    else onRestart();
  });
  const tasks = await runTasks(context, services, await findHandlers());
  // Only what is said to wait is asked for: at each upload several questions instead of one would hold up its start.
  const onNotify = (what: string) => {
    if (!tasks.wake(what)) loop.wake();
  };
  const lookForAll = () => {
    loop.wake();
    tasks.wake();
  };
  const listener = await context.sql.listen(jobsChannel, onNotify, lookForAll);
  // The floor under NOTIFY; documents have their own.
  const looking = setInterval(() => void tasks.wake(), lookMs);
  const reporting = every(reportMs, report, (error) => log.warn({ err: error }, 'this worker could not be reported'));
  const schedules = startSchedules(context, await findSchedules());
  log.info({ slots: env.WORKER_DOCUMENTS, isolation: readers.isolation, engine: env.defaultEngine }, 'worker started');

  return {
    async stop(graceMs) {
      const stopped = schedules.stop();
      clearInterval(looking);
      await loop.drain(graceMs);
      clearInterval(reporting);
      await tasks.close();
      await Promise.allSettled([
        stopped,
        commands.close(),
        listener.unlisten(),
        forgetWorker(db, id),
        readers.close(),
        compute.close(),
      ]);
    },
  };
}

function every(ms: number, action: () => Promise<unknown>, onError: (error: unknown) => void): NodeJS.Timeout {
  return setInterval(() => void action().catch(onError), ms);
}
