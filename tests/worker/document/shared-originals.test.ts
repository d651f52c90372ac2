import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileKey } from '#lib/files/place.ts';
import { fileStorage } from '#lib/storage/file.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { openSharedOriginals } from '#worker/document/shared-originals.ts';

let dir: string;
let workDir: string;
let storage: Storage;
let downloads = 0;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-originals-'));
  workDir = join(dir, 'work');
  downloads = 0;
  const files = fileStorage(join(dir, 'storage'));
  for (const name of ['a', 'b', 'c']) await files.put(fileKey(name), Buffer.from(`content of ${name}`));
  storage = {
    ...files,
    download(key, path) {
      downloads += 1;
      return files.download(key, path);
    },
  };
});
afterEach(() => rm(dir, { recursive: true }));

const copies = () => readdir(workDir);

describe('shared originals', () => {
  it('are fetched once for all that use them at the same time or one after the other', async () => {
    const originals = openSharedOriginals({ storage, workDir }, 1);
    const read = () => originals.use('a', 'txt', async ({ path }) => readFile(path, 'utf8'));
    expect(await Promise.all([read(), read(), read()])).toEqual(Array(3).fill('content of a'));
    expect(await read()).toBe('content of a');
    expect(downloads).toBe(1);
    await originals.close();
    expect(await copies()).toEqual([]);
  });

  it('take no more of the disk than those in use and the few that were used last', async () => {
    const originals = openSharedOriginals({ storage, workDir }, 1);
    for (const name of ['a', 'b', 'c']) await originals.use(name, 'txt', async () => {});
    await originals.use('a', 'txt', async () => {
      await originals.use('b', 'txt', async () => expect((await copies()).length).toBeLessThanOrEqual(3));
    });
    await originals.use('c', 'txt', async ({ path }) => expect(await readFile(path, 'utf8')).toBe('content of c'));
    await originals.close();
    expect(await copies()).toEqual([]);
  });

  it('leave nothing behind when one is gone, and fetch it again once it is back', async () => {
    const originals = openSharedOriginals({ storage, workDir }, 1);
    const use = () => originals.use('gone', 'txt', async ({ path }) => readFile(path, 'utf8'));
    await expect(Promise.all([use(), use()])).rejects.toMatchObject({ reason: 'storage_unavailable' });
    expect(await copies()).toEqual([]);
    await storage.put(fileKey('gone'), Buffer.from('here again'));
    expect(await use()).toBe('here again');
    await originals.close();
  });
});
