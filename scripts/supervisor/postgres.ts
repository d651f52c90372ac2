import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { type Cluster, openCluster, user } from './cluster.ts';
import { isAlive, programOf } from './process-facts.ts';
import { StartError } from './start-error.ts';

/** A PostgreSQL server of our own, on loopback. */
export interface EmbeddedPostgres {
  url: string;
  /** Where its files are, which as root may not be below the data directory. */
  dir: string;
  /** A server left running by an earlier start was taken over. */
  adopted: boolean;
  stop(): Promise<void>;
}

interface Options {
  /** Anything; its hash names the cluster when it must lie elsewhere. */
  dataDir: string;
  /** Extra settings, as `-c name=value` takes them. */
  settings?: Record<string, string>;
  /** The server died and is started again on the same port. */
  onRestart?: () => void;
}

const database = 'sluice';
const watchMs = 1000;

/**
 * Starts the cluster of a data directory, creating it on first use, and starts it again when it dies. One that is still
 * running, left by a start that was killed, is adopted.
 * @throws StartError
 */
export async function startPostgres(options: Options): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options.dataDir);
  const left = await findRunning(cluster);
  const port = left?.port ?? (await freePort());
  let pid = left?.pid ?? launch(cluster, port, options);
  if (!left) await mustAnswer(cluster, port, pid);
  await ensureDatabase(urlOf(cluster, port, 'postgres'));
  const watch = setInterval(() => {
    if (isAlive(pid)) return;
    options.onRestart?.();
    pid = launch(cluster, port, options);
  }, watchMs);
  return {
    url: urlOf(cluster, port, database),
    dir: cluster.dir,
    adopted: left !== null,
    async stop() {
      clearInterval(watch);
      await stopServer(pid);
    },
  };
}

function urlOf(cluster: Cluster, port: number, name: string): string {
  return `postgres://${user}:${cluster.password}@127.0.0.1:${port}/${name}`;
}

const logPath = (cluster: Cluster) => `${cluster.dir}.log`;

/** Starts the server and gives its process. In a group of its own: Ctrl-C reaches the supervisor alone. */
function launch(cluster: Cluster, port: number, options: Options): number {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(logPath(cluster), 'w', 0o600);
  const child = spawn(cluster.binary, ['-D', cluster.dir, '-p', String(port), ...flags], {
    detached: true,
    stdio: ['ignore', output, output],
    env: { NODE_ENV: 'production', LC_ALL: 'C' },
    ...cluster.account,
  });
  closeSync(output);
  if (child.pid === undefined) throw new StartError(`PostgreSQL could not be started: ${cluster.binary} does not run`);
  return child.pid;
}

/** A server that runs on these files: the first line of its pid file is its process, the fourth its port. */
async function findRunning(cluster: Cluster): Promise<{ pid: number; port: number } | null> {
  const path = join(cluster.dir, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const lines = (await readFile(path, 'utf8')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (pid > 0 && isAlive(pid) && programOf(pid) === 'postgres') {
    // One that is shutting down never answers, and ends.
    if (await answers(urlOf(cluster, port, 'postgres'), pid)) return { pid, port };
  } else {
    // The number may belong to another program by now, which PostgreSQL would take for a server.
    await rm(path, { force: true });
  }
  return null;
}

async function mustAnswer(cluster: Cluster, port: number, pid: number): Promise<void> {
  if (await answers(urlOf(cluster, port, 'postgres'), pid)) return;
  const output = await readFile(logPath(cluster), 'utf8');
  throw new StartError(`PostgreSQL stopped while starting: ${output.trim().split('\n').slice(-3).join(' ')}`);
}

/** Waits until the server answers: true; or until its process has ended: false. */
async function answers(url: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (isAlive(pid)) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      await sql`select 1`;
      return true;
    } catch (error) {
      if (Date.now() > deadline) throw new StartError('PostgreSQL did not answer within 60 s', { cause: error });
      await sleep(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
  return false;
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql.unsafe(`create database ${database}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, nothing is left to recover. */
async function stopServer(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await sleep(50);
}

/** A port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}
