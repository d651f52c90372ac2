import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type Exclusive, openExclusive } from './exclusive.ts';
import { deleteBelow } from './s3-delete.ts';
import { openPutOnce } from './s3-put.ts';
import { type Storage, StorageUnavailable } from './storage.ts';

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

/**
 * Keeps objects in a bucket of Amazon S3 or anything that speaks its API. Credentials come from the usual places.
 * `acrossProcesses` is used where the server does not settle by itself which of two writers is first.
 */
export function s3Storage(options: S3Options, acrossProcesses?: Exclusive): Storage {
  const client = new S3Client({
    region: options.region,
    forcePathStyle: options.pathStyle,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    // By default the SDK sends checksums after the content, which most servers but Amazon's refuse.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A server that hangs is one that is down: whoever waits for it holds a slot.
    requestHandler: { connectionTimeout: connectMs, socketTimeout: silenceMs },
  });
  const at = (key: string) => ({ Bucket: options.bucket, Key: options.prefix ? `${options.prefix}/${key}` : key });
  const exists = async (key: string) => (await orNull(client.send(new HeadObjectCommand(at(key))))) !== null;
  const put = (key: string, content: Uint8Array, condition?: { ifNoneMatch: '*' }) =>
    client.send(
      new PutObjectCommand({ ...at(key), Body: content, ...(condition && { IfNoneMatch: condition.ifNoneMatch }) }),
    );
  const remove = (key: string) => client.send(new DeleteObjectCommand(at(key)));
  const once = openPutOnce({ put, exists, remove }, openExclusive(acrossProcesses));

  return {
    description: `s3://${options.bucket}/${options.prefix}`,
    exists: (key) => attempt(() => exists(key)),
    get: (key) =>
      attempt(async () => {
        const found = await orNull(client.send(new GetObjectCommand(at(key))));
        return found?.Body ? found.Body.transformToByteArray() : null;
      }),
    put: (key, content) => attempt(async () => void (await put(key, content))),
    putIfAbsent: (key, content) => attempt(() => once.put(key, content)),
    putFile: (key, path) =>
      attempt(async () => {
        if (await exists(key)) return;
        const { size } = await stat(path);
        const body = { Body: createReadStream(path), ContentLength: size };
        await client.send(new PutObjectCommand({ ...at(key), ...body }));
      }),
    download: (key, path) =>
      attempt(async () => {
        const found = await orNull(client.send(new GetObjectCommand(at(key))));
        if (!found?.Body) return false;
        await pipeline(found.Body.transformToWebStream(), createWriteStream(path));
        return true;
      }),
    open: (key, range) =>
      attempt(async () => {
        const part = range ? { Range: `bytes=${range.from}-${range.to}` } : {};
        const found = await orNull(client.send(new GetObjectCommand({ ...at(key), ...part })));
        if (!found?.Body) return null;
        return { bytes: found.ContentLength ?? 0, stream: found.Body.transformToWebStream() };
      }),
    deleteAll: (key, how) => attempt(() => deleteBelow(client, at(key), how)),
    // What the server took, it keeps.
    flush: () => Promise.resolve(),
    shortcoming: () =>
      attempt(async () =>
        (await once.isConditional())
          ? null
          : 'The S3 server does not honour If-None-Match: Sluice looks before it writes, under a lock',
      ),
    // The server removes by itself what did not arrive whole.
    sweep: () => Promise.resolve(),
  };
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
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
