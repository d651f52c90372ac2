/** The top folders of the storage under which results of a file are kept, by its SHA-256. */
export const artifactKinds = ['ocr_cache', 'account_cache', 'page_mapping', 'page_data', 'page_images'] as const;

export type ArtifactKind = (typeof artifactKinds)[number];

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

/** Where a page as it was read is kept in storage: equal files share it. */
export function readPageKey(sha256: string, readerKey: string, pageNum: number): string {
  return `ocr_cache/${sha256}/${readerKey}/page_${pageNum}.json`;
}

/** Where it is kept what became of the files that a file holds. */
export function unpackedKey(sha256: string, folder: string): string {
  return `ocr_cache/${sha256}/${folder}/unpacked.json`;
}

/** Where the list of a file's pages is kept, as they were read. */
export function manifestKey(sha256: string, readerKey: string): string {
  return `ocr_cache/${sha256}/${readerKey}/manifest.json`;
}
