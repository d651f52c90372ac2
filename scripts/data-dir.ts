import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './postgres.ts';

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
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The data directory ${dir} cannot be used (${reason}): choose another with DATA_DIR`, {
      cause: error,
    });
  }
  return () => rm(path, { force: true });
}

async function takeLock(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const owner = Number(await readFile(path, 'utf8'));
    if (owner && isAlive(owner)) {
      throw new StartError(
        `Sluice is running on this data directory already (process ${owner}): stop it, or set DATA_DIR to another folder`,
      );
    }
    await rm(path, { force: true });
    await takeLock(path);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
