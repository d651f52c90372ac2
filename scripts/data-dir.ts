import { spawnSync } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './postgres.ts';

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
        `Sluice is running on this data directory already (process ${error.owner}): stop it, or set DATA_DIR to another folder`,
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

/** Writes this process's number to a file that only one can make. A file of a process that is gone is taken over. */
export async function takeLock(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${process.pid} ${startOf(process.pid)}`);
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const [owner = '', ...start] = (await readFile(path, 'utf8')).split(' ');
    const isSame = startOf(Number(owner)) === start.join(' ');
    if (Number(owner) && isAlive(Number(owner)) && isSame && Number(owner) !== process.pid) {
      throw new LockTaken(Number(owner), { cause: error });
    }
    await rm(path, { force: true });
    await takeLock(path);
  }
}

/** When a process started: numbers are used again, above all in containers. Empty where `ps` is missing. */
function startOf(pid: number): string {
  return (spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '').trim();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
