import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { DeleteOptions } from './storage.ts';

/** Deletes the object under a key and all below it, or only what is in some of the folders below it. */
export async function deleteBelow(
  client: S3Client,
  { Bucket, Key }: { Bucket: string; Key: string },
  { onlyFolders, signal }: DeleteOptions = {},
): Promise<void> {
  const options = signal ? { abortSignal: signal } : {};
  const below = `${Key}/`;
  if (!onlyFolders) await client.send(new DeleteObjectCommand({ Bucket, Key }), options);
  for (let token: string | undefined; ;) {
    const listing = { Bucket, Prefix: below, ...(token ? { ContinuationToken: token } : {}) };
    const { Contents: found = [], NextContinuationToken: next } = await client.send(
      new ListObjectsV2Command(listing),
      options,
    );
    const keys = found.flatMap(({ Key: key }) => key ?? []).filter(isChosen);
    if (keys.length > 0) await deleteKeys(keys);
    if (!next) return;
    token = next;
  }

  function isChosen(key: string): boolean {
    const [folder, ...names] = key.slice(below.length).split('/');
    return !onlyFolders || (folder !== undefined && names.length > 0 && onlyFolders(folder));
  }

  async function deleteKeys(keys: readonly string[]): Promise<void> {
    const objects = keys.map((key) => ({ Key: key }));
    const { Errors: errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: objects, Quiet: true } }),
      options,
    );
    if (errors.length > 0) throw new Error(`${errors.length} objects could not be deleted: ${errors[0]?.Code}`);
  }
}
