import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  access,
  constants,
  copyFile,
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteRange } from '#lib/files/byte-range.ts';
import { type DeleteOptions, type Storage, StorageUnavailable } from './storage.ts';

/** Keeps objects as files below a folder. Several processes may share it. */
export function fileStorage(folder: string): Storage {
  const pathOf = (key: string) => join(folder, key);
  return {
    description: `folder ${folder}`,
    get: (key) => asked(() => orNull(readFile(pathOf(key)))),
    put: (key, content) => asked(() => writeWhole(pathOf(key), content, rename)),
    putIfAbsent: (key, content) => asked(() => writeWhole(pathOf(key), content, linkOnce)),
    putFile: (key, path) => asked(() => placeFile(path, pathOf(key))),
    download: (key, path) => asked(async () => (await orNull(copyFile(pathOf(key), path).then(() => true))) ?? false),
    open: (key, range) => asked(() => openFile(pathOf(key), range)),
    exists: (key) => asked(async () => (await orNull(stat(pathOf(key)))) !== null),
    deleteAll: (key, options) => asked(() => deleteBelow(pathOf(key), options)),
    check: () =>
      asked(async () => {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
      }),
  };
}

async function asked<T>(action: () => Promise<T>): Promise<T> {
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
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** A reader sees all of it or nothing, also after a power cut: it is synced under another name first. */
async function writeWhole<T>(
  path: string,
  content: Uint8Array,
  place: (from: string, to: string) => Promise<T>,
): Promise<T> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await create(temporary);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    return await place(temporary, path);
  } finally {
    // Gone already when it was moved.
    await orNull(unlink(temporary));
  }
}

/** Nearly always the folder is there: it is made only when it is not. */
async function create(path: string): Promise<FileHandle> {
  const file = await orNull(open(path, 'wx'));
  if (file) return file;
  await mkdir(dirname(path), { recursive: true });
  return open(path, 'wx');
}

/** Gives whether it was first. */
async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return false;
  }
}

/** A spooled file is linked in place when it lies on the same disk, else copied. */
async function placeFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const file = await open(from, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await linkOnce(from, to);
  } catch (error) {
    if (!hasCode(error, 'EXDEV') && !hasCode(error, 'EPERM')) throw error;
    const temporary = `${to}.${randomUUID()}.tmp`;
    await copyFile(from, temporary);
    await linkOnce(temporary, to);
    await unlink(temporary);
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

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
