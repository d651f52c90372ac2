import { createReadStream } from 'node:fs';
import { copyFile, opendir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteRange } from '#lib/storage/byte-range.ts';
import { sweepTemporary, temporaryFolder } from '#lib/temporary.ts';
import { openFileWriter } from './file-write.ts';
import { type DeleteOptions, type Storage, StorageUnavailable } from './storage.ts';

/** Below the storage's own folder, so that what is written there can be moved into place. */
const temporaryRoot = '.tmp';

/** Keeps objects as files below a folder, which is on one file system. Several processes may share it. */
export function fileStorage(folder: string): Storage {
  const pathOf = (key: string) => join(folder, key);
  const writer = openFileWriter(temporaryFolder(join(folder, temporaryRoot)));
  return {
    description: `folder ${folder}`,
    get: (key) => attempt(() => orNull(readFile(pathOf(key)))),
    put: (key, content) => attempt(() => writer.replace(pathOf(key), content)),
    putIfAbsent: (key, content) => attempt(() => writer.create(pathOf(key), content)),
    putFile: (key, path) => attempt(() => writer.place(path, pathOf(key))),
    download: (key, path) => attempt(async () => (await orNull(copyFile(pathOf(key), path).then(() => true))) ?? false),
    open: (key, range) => attempt(() => openFile(pathOf(key), range)),
    exists: (key) => attempt(async () => (await orNull(stat(pathOf(key)))) !== null),
    deleteAll: (key, options) => attempt(() => deleteBelow(pathOf(key), options)),
    flush: () => attempt(() => writer.flush()),
    shortcoming: () => Promise.resolve(null),
    sweep: () =>
      attempt(async () => {
        await sweepTemporary(join(folder, temporaryRoot));
        await sweepBesideOriginals(join(folder, 'files'));
      }),
  };
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new StorageUnavailable('the storage folder cannot be used', { cause: error });
  }
}

async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function openFile(path: string, range?: ByteRange) {
  const found = await orNull(stat(path));
  if (!found) return null;
  const part = range ? { start: range.from, end: range.to } : {};
  const stream = Readable.toWeb(createReadStream(path, part)) as ReadableStream<Uint8Array>;
  return { bytes: range ? range.to - range.from + 1 : found.size, stream };
}

async function deleteBelow(path: string, { onlyFolders, signal }: DeleteOptions = {}): Promise<void> {
  signal?.throwIfAborted();
  if (!onlyFolders) return rm(path, { recursive: true, force: true });
  const entries = (await orNull(readdir(path, { withFileTypes: true }))) ?? [];
  for (const entry of entries) {
    signal?.throwIfAborted();
    if (entry.isDirectory() && onlyFolders(entry.name))
      await rm(join(path, entry.name), { recursive: true, force: true });
  }
}

const maxCopyMs = 24 * 3600_000;

/** Copies that earlier versions began next to the originals, and were killed at: nothing is written there any more. */
async function sweepBesideOriginals(folder: string): Promise<void> {
  const entries = await orNull(opendir(folder));
  if (!entries) return;
  for await (const { name } of entries) {
    if (!name.endsWith('.tmp')) continue;
    const found = await orNull(stat(join(folder, name)));
    if (found && Date.now() - found.mtimeMs > maxCopyMs) await rm(join(folder, name), { force: true });
  }
}
