import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sweepTemporary } from '#lib/temporary.ts';

/** The files, of any depth, below folders from which dead processes' were swept as at a start. Their folders do not count. */
export async function filesBelow(folders: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    folders.map(async (folder) => {
      await sweepTemporary(folder);
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return files.flat();
}
