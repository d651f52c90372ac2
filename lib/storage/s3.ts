import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type DeleteOptions, type Storage, StorageUnavailable } from './storage.ts';

export interface S3Options {
  bucket: string;
  /** Without slashes at its ends; may be empty. */
  prefix: string;
  endpoint: string | null;
  region: string;
  pathStyle: boolean;
}

const connectMs = 3000;
const silenceMs = 15_000;

/** Keeps objects in a bucket of Amazon S3 or anything that speaks its API. Credentials come from the usual places. */
export function s3Storage(options: S3Options): Storage {
  const client = new S3Client({
    region: options.region,
    forcePathStyle: options.pathStyle,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    // A server that hangs is one that is down: whoever waits for it holds a slot.
    requestHandler: { connectionTimeout: connectMs, socketTimeout: silenceMs },
  });
  const at = (key: string) => ({ Bucket: options.bucket, Key: options.prefix ? `${options.prefix}/${key}` : key });
  const exists = async (key: string) => (await orNull(client.send(new HeadObjectCommand(at(key))))) !== null;

  return {
    description: `s3://${options.bucket}/${options.prefix}`,
    exists: (key) => asked(() => exists(key)),
    get: (key) =>
      asked(async () => {
        const found = await orNull(client.send(new GetObjectCommand(at(key))));
        return found?.Body ? found.Body.transformToByteArray() : null;
      }),
    put: (key, content) =>
      asked(async () => void (await client.send(new PutObjectCommand({ ...at(key), Body: content })))),
    putIfAbsent: (key, content) =>
      asked(() => onlyOnce(client.send(new PutObjectCommand({ ...at(key), Body: content, IfNoneMatch: '*' })))),
    putFile: (key, path) =>
      asked(async () => {
        if (await exists(key)) return;
        const { size } = await stat(path);
        const body = { Body: createReadStream(path), ContentLength: size };
        await onlyOnce(client.send(new PutObjectCommand({ ...at(key), ...body, IfNoneMatch: '*' })));
      }),
    download: (key, path) =>
      asked(async () => {
        const found = await orNull(client.send(new GetObjectCommand(at(key))));
        if (!found?.Body) return false;
        await pipeline(found.Body.transformToWebStream(), createWriteStream(path));
        return true;
      }),
    open: (key, range) =>
      asked(async () => {
        const part = range ? { Range: `bytes=${range.from}-${range.to}` } : {};
        const found = await orNull(client.send(new GetObjectCommand({ ...at(key), ...part })));
        if (!found?.Body) return null;
        return { bytes: found.ContentLength ?? 0, stream: found.Body.transformToWebStream() };
      }),
    deleteAll: (key, options) => asked(() => deleteBelow(client, at(key), options)),
    check: () => asked(async () => void (await client.send(new HeadBucketCommand({ Bucket: options.bucket })))),
  };
}

async function asked<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new StorageUnavailable('the S3 storage cannot be used', { cause: error });
  }
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return null;
    throw error;
  }
}

/** Gives whether it was first; 412 means that another was. */
async function onlyOnce(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 412) throw error;
    return false;
  }
}

async function deleteBelow(
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
