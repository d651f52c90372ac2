import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { owner } from '#lib/core/actor.ts';
import { type Context, openServices } from '#lib/context.ts';
import { parseEnv } from '#lib/env.ts';
import { createLogger } from '#lib/log.ts';
import { prepareDatabase } from '#lib/prepare-database.ts';
import { startPostgres } from '#scripts/supervisor/postgres.ts';
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { type PostgresProxy, startPostgresProxy } from '#tests/support/postgres-proxy.ts';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';
import { startWorkerProcess, type WorkerProcess } from '#tests/support/worker-process.ts';
import { type Answering, openAnswering } from './answering.ts';

/** A worker of a room; its name is its key at the model's server. */
export interface RoomWorker extends WorkerProcess {
  name: string;
  proxy: PostgresProxy;
}

/** An installation of its own to be hurt: PostgreSQL, storage and model server, and workers as processes. */
export interface Room {
  context: Context;
  model: ModelServer;
  answering: Answering;
  s3: S3Server;
  startWorker(settings?: Record<string, string>): Promise<RoomWorker>;
  /** Ends PostgreSQL as a power cut of it would, and resolves when it answers again. */
  restartPostgres(): Promise<void>;
  close(): Promise<void>;
}

/** Kept in mind: nothing here must survive a power cut of the machine, but each commit one of the server. */
const postgresSettings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' };

/** A PostgreSQL for a room: the data directory of one of its own can be found, so that it can be restarted. */
interface RoomDatabase {
  url: string;
  dir: string | null;
  close(): Promise<void>;
}

/** Gives a room an empty database of a server that other rooms use too. */
export type SharedDatabase = () => Promise<{ url: string; drop(): Promise<void> }>;

async function ownServer(dir: string): Promise<RoomDatabase> {
  const postgres = await startPostgres({ dataDir: dir, settings: postgresSettings });
  return {
    ...postgres,
    async close() {
      await postgres.stop();
      await rm(dirname(postgres.dir), { recursive: true, force: true });
    },
  };
}

async function onServer(share: SharedDatabase): Promise<RoomDatabase> {
  const database = await share();
  return { url: database.url, dir: null, close: () => database.drop() };
}

/** `failing`: the model's server fails now and then. `share`: PostgreSQL need not be restarted, so it can be another's. */
export async function openRoom(seed: number, options: { failing: boolean; share?: SharedDatabase }): Promise<Room> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-chaos-'));
  const postgres = await (options.share ? onServer(options.share) : ownServer(dir));
  const log = createLogger('chaos', 'silent');
  await prepareDatabase(postgres.url, log);
  const answering = openAnswering(seed, options.failing);
  const model = await startModelServer({ answer: answering.answer });
  const s3 = await startS3Server();
  // The S3 client takes its credentials from the process's environment.
  Object.assign(process.env, s3.settings);
  const env = parseEnv({
    DATABASE_URL: postgres.url,
    DATA_DIR: dir,
    LOG_LEVEL: 'silent',
    OPENAI_BASE_URL: model.baseURL,
    MODEL: 'chaos-model',
    STORAGE_URL: s3.settings.STORAGE_URL,
    S3_ENDPOINT: s3.settings.S3_ENDPOINT,
    S3_PATH_STYLE: s3.settings.S3_PATH_STYLE,
  });
  const context = { ...(await openServices('chaos', env, { monitor: false, log })), actor: owner };
  const workers = new Set<RoomWorker>();
  let started = 0;

  return {
    context,
    model,
    answering,
    s3,
    async startWorker(settings = {}) {
      const name = `w${++started}`;
      const proxy = await startPostgresProxy(postgres.url);
      const worker = await startWorkerProcess(context, {
        ...s3.settings,
        DATABASE_URL: proxy.url,
        LOG_LEVEL: process.env.CHAOS_LOG_LEVEL ?? 'silent',
        OPENAI_BASE_URL: model.baseURL,
        OPENAI_API_KEY: name,
        MODEL: 'chaos-model',
        // A server that fails also stalls; a busy machine must not look like one that does.
        MODEL_TIMEOUT_S: options.failing ? '10' : '120',
        WORKER_READERS: '2',
        ...settings,
      });
      const one = { ...worker, name, proxy };
      workers.add(one);
      return one;
    },
    async restartPostgres() {
      const { dir: postgresDir } = postgres;
      if (!postgresDir) throw new Error('other rooms use this server');
      const before = await postmaster(postgresDir);
      process.kill(before, 'SIGQUIT');
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if ((await postmaster(postgresDir)) !== before && (await answers(context))) return;
      }
    },
    async close() {
      await Promise.all([...workers].map(async (worker) => (await worker.kill(), await worker.proxy.close())));
      await context.close();
      await Promise.all([postgres.close(), model.close(), s3.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The number of PostgreSQL's first process; 0 while there is none. */
async function postmaster(dir: string): Promise<number> {
  const file = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '0');
  return Number(file.split('\n')[0]);
}

async function answers({ db }: Context): Promise<boolean> {
  return db.execute('select 1').then(
    () => true,
    () => false,
  );
}
