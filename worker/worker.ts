import { hostname } from 'node:os';
import type { Context, Services } from '#lib/context.ts';
import { openCache } from '#lib/cache.ts';
import { sweepFiles } from '#lib/files/sweep.ts';
import { newId } from '#lib/id.ts';
import { sweepEvents } from '#lib/lifecycle/sweep-events.ts';
import { sweepIdempotencyKeys } from '#lib/sessions/sweep-keys.ts';
import { subscribeCommands } from '#lib/workers/commands.ts';
import { jobsChannel } from '#lib/queue/documents.ts';
import { programVersion } from '#lib/db/version.ts';
import { forgetWorker, reportWorker } from '#lib/workers/registry.ts';
import { type Compute, openCompute } from './compute/compute.ts';
import { openDefinitions } from './definitions.ts';
import type { Clock } from './lane/clock.ts';
import { openEngines } from './engines/open.ts';
import { readRequestedKnowledge } from './tasks/knowledge.ts';
import { startLoop } from './loop.ts';
import { drawRequestedPages } from './tasks/page-images.ts';
import { openReaders } from './readers/readers.ts';
import { openSecrets } from './secrets.ts';
import type { WorkerServices } from './document-work.ts';

const reportMs = 3000;
const sweepMs = 3600_000;
const lookMs = 5000;

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
  services: Services,
  onRestart: () => void,
  { clock, compute = openCompute() }: WorkerParts = {},
): Promise<Worker> {
  const id = newId();
  const context: Context = { ...services, actor: { kind: 'worker', id } };
  const { env, log, db } = context;
  const readers = openReaders(env, log);
  // The loop comes later: no call is made before.
  let confirm = () => Promise.resolve();
  const engines = await openEngines(context, compute, () => confirm(), clock);
  const tools: WorkerServices = {
    db,
    cache: openCache(context.storage, log),
    storage: context.storage,
    readers,
    engines,
    compute,
    definitions: openDefinitions(compute),
    workDir: context.workDir,
    maxPages: env.MAX_PAGES,
    secrets: await openSecrets(id),
    log,
  };
  const loop = startLoop(context, tools);
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
      publicKey: tools.secrets.publicKey,
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
  const drawing = drawRequestedPages(context, tools);
  const reading = readRequestedKnowledge(context, tools);
  // Only what is said to wait is asked for: at each upload three questions instead of one would hold up its start.
  const onNotice = (what: string) => {
    if (what === 'picture') drawing.wake();
    else if (what === 'knowledge') reading.wake();
    else loop.wake();
  };
  const lookForAll = () => {
    loop.wake();
    drawing.wake();
    reading.wake();
  };
  const listener = await context.sql.listen(jobsChannel, onNotice, lookForAll);
  // The floor under NOTIFY; documents have their own.
  const looking = setInterval(() => {
    drawing.wake();
    reading.wake();
  }, lookMs);
  const reporting = every(reportMs, report, (error) => log.warn({ err: error }, 'this worker could not be reported'));
  const sweep = async () =>
    log.info(
      { files: await sweepFiles(context), keys: await sweepIdempotencyKeys(db), events: await sweepEvents(db) },
      'swept',
    );
  const notSwept = (error: unknown) => log.warn({ err: error }, 'sweeping failed');
  sweep().catch(notSwept);
  const sweeping = every(sweepMs, sweep, notSwept);
  log.info({ slots: env.WORKER_DOCUMENTS, isolation: readers.isolation, engine: env.defaultEngine }, 'worker started');

  return {
    async stop(graceMs) {
      clearInterval(sweeping);
      clearInterval(looking);
      await loop.drain(graceMs);
      clearInterval(reporting);
      await drawing.close();
      await Promise.allSettled([
        commands.close(),
        listener.unlisten(),
        forgetWorker(db, id),
        readers.close(),
        compute.close(),
        reading.close(),
      ]);
    },
  };
}

function every(ms: number, action: () => Promise<unknown>, onError: (error: unknown) => void): NodeJS.Timeout {
  return setInterval(() => void action().catch(onError), ms);
}
