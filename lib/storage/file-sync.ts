import { type FileHandle, open } from 'node:fs/promises';

/** Folders in which files were put: those are safe from a power cut once their folder is synced. */
export interface FolderSync {
  add(folder: string): void;
  /** Syncs all that were added before. When it fails they are synced by the next call. */
  sync(): Promise<void>;
}

export function openFolderSync(): FolderSync {
  const unsynced = new Set<string>();
  let last: Promise<void> = Promise.resolve();
  const syncAll = async () => {
    const folders = [...unsynced];
    unsynced.clear();
    try {
      await Promise.all(folders.map(syncFolder));
    } catch (error) {
      for (const folder of folders) unsynced.add(folder);
      throw error;
    }
  };
  return {
    add: (folder) => void unsynced.add(folder),
    sync() {
      // The call before may have taken this one's folders with it: both are done when it is.
      const done = last.then(syncAll);
      last = done.catch(() => undefined);
      return done;
    },
  };
}

async function syncFolder(path: string): Promise<void> {
  try {
    await withFile(path, 'r', (folder) => folder.sync());
  } catch (error) {
    // It was deleted since, with all that was in it; or the file system has no such thing.
    if (!hasCode(error, 'ENOENT', 'EINVAL', 'ENOTSUP')) throw error;
  }
}

export async function withFile<T>(path: string, flags: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
