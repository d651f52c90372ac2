import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

// Temporary files lie in folders named after their process. A process that ends normally removes its own; those of
// processes that were killed are found by their names, also where several machines or containers share the folder.

/** What another machine's process has not touched for so long is taken to be left behind. */
const maxIdleMs = 24 * 3600_000;

/**
 * A path below `root` for the temporary files of this process. It is made by whoever writes there, and removed by the
 * caller, or by `sweepTemporary` of another process once this one is gone.
 */
export function temporaryFolder(root: string): string {
  return join(root, `${machine()}-${process.pid}-${randomBytes(4).toString('hex')}`);
}

/**
 * Removes from `root` what processes left that are gone: of this machine, those that do not run any more; of others, what was
 * not touched for a day. Call it at the start and then hourly: it also marks this process's own folders as in use.
 * Gives the number of entries removed.
 */
export async function sweepTemporary(root: string): Promise<number> {
  let removed = 0;
  for (const name of await entriesOf(root)) {
    const path = join(root, name);
    const owner = ownerOf(name);
    if (owner?.machine === machine() && owner.pid === process.pid) {
      await touch(path);
    } else if (owner?.machine === machine() ? !isRunning(owner.pid) : await isIdle(path)) {
      await rm(path, { recursive: true, force: true });
      removed += 1;
    }
  }
  return removed;
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(absentAs([]));
}

/** null for names that were not made here, such as those of versions before: their age alone decides. */
function ownerOf(name: string): { machine: string; pid: number } | null {
  const [, machineName, pid] = /^([0-9a-f]{12})-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
  return machineName && pid ? { machine: machineName, pid: Number(pid) } : null;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process runs too.
    return !hasCode(error, 'ESRCH');
  }
}

async function isIdle(path: string): Promise<boolean> {
  const found = await stat(path).catch(absentAs(null));
  return found !== null && Date.now() - found.mtimeMs > maxIdleMs;
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(absentAs(undefined));
}

/** Another process may have removed it meanwhile. */
function absentAs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (hasCode(error, 'ENOENT')) return value;
    throw error;
  };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

let machineName: string | undefined;

/**
 * Names what process numbers are unique in: two containers may share a folder and even a host name, but a number means
 * another process in each. Elsewhere than on Linux it is the host.
 */
function machine(): string {
  machineName ??= createHash('sha256')
    .update(JSON.stringify([hostname(), bootId(), processNamespace()]))
    .digest('hex')
    .slice(0, 12);
  return machineName;
}

function bootId(): string {
  return orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
}

function processNamespace(): string {
  return orEmpty(() => readlinkSync('/proc/self/ns/pid'));
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return '';
    throw error;
  }
}
