import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, openFolderSync, withFile } from './file-sync.ts';

/**
 * Brings files into place so that readers see all of one or nothing, also after a power cut. Whether it is still there after
 * a power cut depends on its folder too.
 */
export interface FileWriter {
  /** Writes over what is there. It is safe after the next `flush`. */
  replace(path: string, content: Uint8Array): Promise<void>;
  /** Writes unless there is something. Gives whether it wrote; of two at once one does. Safe after the next `flush`. */
  create(path: string, content: Uint8Array): Promise<boolean>;
  /** A file on this machine, linked where the disk is the same and can, else copied. Keeps what is there. Safe at once. */
  place(from: string, to: string): Promise<void>;
  /** All that was written before is safe. To sync a folder takes longer than to write a small file: so not for each. */
  flush(): Promise<void>;
}

/** What file systems without hard links (FAT, some network shares) answer. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * `temporary` is a folder of this process on the same disk as all that is written. `maxFillMs` matters without hard links:
 * how long the first of two writers may take between its two steps before it is taken to have been killed.
 */
export function openFileWriter(temporary: string, { maxFillMs = 5000 } = {}): FileWriter {
  /** Writes a file that is safe on the disk, lets it be moved, and leaves nothing of it elsewhere, however that ends. */
  async function viaTemporary<T>(
    fill: (path: string) => Promise<void>,
    move: (path: string) => Promise<T>,
  ): Promise<T> {
    const path = join(temporary, randomUUID());
    try {
      await mkdir(temporary, { recursive: true });
      await fill(path);
      return await move(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  const folders = openFolderSync();
  /** Nearly always the folder of a file is there: it is made only when it is not. */
  async function withFolder<T>(path: string, write: () => Promise<T>): Promise<T> {
    const folder = dirname(path);
    const written = await write().catch(async (error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
      const first = await mkdir(folder, { recursive: true });
      if (first) for (let made = folder; made.length >= first.length; made = dirname(made)) folders.add(dirname(made));
      return write();
    });
    // Only now: a flush for another writer that synced the folder before the file was in it would have crossed it off.
    folders.add(folder);
    return written;
  }

  return {
    flush: () => folders.sync(),
    replace: (path, content) =>
      viaTemporary(
        (temporaryPath) => writeSynced(temporaryPath, content),
        (temporaryPath) => withFolder(path, () => rename(temporaryPath, path)),
      ),
    create: (path, content) =>
      viaTemporary(
        (temporaryPath) => writeSynced(temporaryPath, content),
        (temporaryPath) => withFolder(path, () => moveUnlessTaken(temporaryPath, path, maxFillMs)),
      ),
    async place(from, to) {
      await syncFile(from);
      const linked = await withFolder(to, () => linkUnlessTaken(from, to, ['EXDEV', ...withoutLinks]));
      if (linked === null) {
        await viaTemporary(
          async (temporaryPath) => {
            await copyFile(from, temporaryPath);
            await syncFile(temporaryPath);
          },
          (temporaryPath) => withFolder(to, () => moveUnlessTaken(temporaryPath, to, maxFillMs)),
        );
      }
      await folders.sync();
    },
  };
}

async function writeSynced(path: string, content: Uint8Array): Promise<void> {
  await withFile(path, 'wx', async (file) => {
    await file.writeFile(content);
    await file.sync();
  });
}

const syncFile = (path: string) => withFile(path, 'r+', (file) => file.sync());

/** Gives whether it was first; null where the file system cannot link these. */
async function linkUnlessTaken(from: string, to: string, cannot: readonly string[]): Promise<boolean | null> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (hasCode(error, ...cannot)) return null;
    throw error;
  }
}

/** Gives whether it was first. */
async function moveUnlessTaken(from: string, to: string, maxFillMs: number): Promise<boolean> {
  const linked = await linkUnlessTaken(from, to, withoutLinks);
  if (linked !== null) return linked;
  // Without links: an empty file decides who is first, and the content takes its place at once.
  if (!(await createEmpty(to)) && (await isFilled(to, maxFillMs))) return false;
  await rename(from, to);
  return true;
}

async function createEmpty(path: string): Promise<boolean> {
  try {
    await withFile(path, 'wx', async () => {});
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

const lookMs = 20;

/** Whether who was first has written. One that stays empty was left by a process that was killed between the two steps. */
async function isFilled(path: string, maxFillMs: number): Promise<boolean> {
  for (const until = Date.now() + maxFillMs; Date.now() < until; await sleep(lookMs))
    if ((await stat(path)).size > 0) return true;
  return false;
}
