import { artifactKinds } from '#lib/artifact-keys.ts';
import type { Storage } from '#lib/storage/storage.ts';

/**
 * Deletes the artifacts of a file from before an epoch. Those of that epoch and later ones are not touched, so this needs
 * no lock: the same file may be uploaded and read again meanwhile.
 */
export async function deleteArtifacts(storage: Storage, sha256: string, epoch: number): Promise<void> {
  const isOlder = (folder: string) => epochOf(folder) < epoch;
  for (const kind of artifactKinds) await storage.deleteAll(`${kind}/${sha256}`, { onlyFolders: isOlder });
}

/** Folders without a mark are older than any epoch. */
function epochOf(folder: string): number {
  const [, epoch] = /^(\d+)_/.exec(folder) ?? [];
  return epoch === undefined ? -1 : Number(epoch);
}
