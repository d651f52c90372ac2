import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, startOf } from './process-facts.ts';
import { StartError } from './start-error.ts';

export class LockTaken extends Error {
  override name = 'LockTaken';
  readonly owner: number;

  constructor(owner: number, options?: ErrorOptions) {
    super(`taken by process ${owner}`, options);
    this.owner = owner;
  }
}

/**
 * Makes the data directory and takes it for this process. A lock left by a process that is gone is taken over.
 * @throws StartError when the directory cannot be used, or another Sluice uses it
 */
export async function lockDataDir(dir: string): Promise<() => Promise<void>> {
  const path = join(dir, 'sluice.pid');
  try {
    await mkdir(dir, { recursive: true });
    await takeLock(path);
  } catch (error) {
    if (error instanceof LockTaken) {
      throw new StartError(
        `Sluice is already running on this data directory (process ${error.owner}): stop it, or set DATA_DIR to another folder`,
        { cause: error },
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data directory ${dir} cannot be used (${reason}): choose another with DATA_DIR`, {
      cause: error,
    });
  }
  return () => rm(path, { force: true });
}

/**
 * Makes a file that names this process, whole or not at all, and that only one process can make. The file of a process
 * that is gone is put aside.
 * @throws LockTaken
 */
export async function takeLock(path: string): Promise<void> {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, `${process.pid} ${startOf(process.pid)}`);
  try {
    while (!(await linkNew(mine, path))) await putAsideStale(path);
  } finally {
    await rm(mine, { force: true });
  }
}

async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function putAsideStale(path: string): Promise<void> {
  const seen = await readOwner(path);
  if (seen === null) return;
  const [first = '', ...start] = seen.split(' ');
  const owner = Number(first);
  if (owner > 0 && isAlive(owner) && startOf(owner) === start.join(' ')) throw new LockTaken(owner);
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  // Another start was quicker and this is its lock: it gets it back.
  if ((await readOwner(aside)) !== seen) await linkNew(aside, path);
  await rm(aside, { force: true });
}

async function readOwner(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
