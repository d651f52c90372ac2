import type { Storage } from '#lib/storage/storage.ts';

/** The top folders of the storage under which results of a file are kept, by its SHA-256. */
export const artifactKinds = ['ocr_cache', 'account_cache', 'page_mapping', 'page_data', 'page_images'] as const;
type ArtifactKind = (typeof artifactKinds)[number];

/** The file that an artifact was made from. */
export interface ArtifactOwner {
  sha256: string;
  /** Of the file's row. A worker's memory, or a deletion that is still running, belongs to one epoch and no other. */
  cacheEpoch: number | null;
}

/** The name of a folder of artifacts: the hash of all that they depend on, marked with the epoch that they belong to. */
export function artifactFolder({ cacheEpoch }: Pick<ArtifactOwner, 'cacheEpoch'>, hash: string): string {
  return cacheEpoch === null ? hash : `${cacheEpoch}_${hash}`;
}

/** Where an artifact is kept: `ocr_cache/{sha256}/{epoch}_{hash}/page_0.json`. */
export function artifactKey(kind: ArtifactKind, owner: ArtifactOwner, hash: string, name: string): string {
  return `${kind}/${owner.sha256}/${artifactFolder(owner, hash)}/${name}`;
}

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
