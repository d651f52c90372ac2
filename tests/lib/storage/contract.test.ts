import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseEnv } from '#lib/env.ts';
import { openStorage } from '#lib/storage/open.ts';
import { type Storage, StorageUnavailable } from '#lib/storage/storage.ts';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';

const kinds = ['file', 's3'] as const;

describe.each(kinds)('the storage in %s', (kind) => {
  let dir: string;
  let server: S3Server;
  let storage: Storage;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sluice-storage-'));
    server = await startS3Server();
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...s3 } = server.settings;
    vi.stubEnv('AWS_ACCESS_KEY_ID', AWS_ACCESS_KEY_ID);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', AWS_SECRET_ACCESS_KEY);
    storage = openStorage(parseEnv(kind === 's3' ? s3 : { STORAGE_URL: `file:${dir}/objects` }));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
    await rm(dir, { recursive: true });
  });

  const bytes = (text: string) => new TextEncoder().encode(text);
  const textAt = async (key: string) => {
    const found = await storage.get(key);
    return found && new TextDecoder().decode(found);
  };

  it('gives back what was put, the last over those before', async () => {
    expect(await storage.get('a/b/c.json')).toBeNull();
    expect(await storage.exists('a/b/c.json')).toBe(false);
    await storage.put('a/b/c.json', bytes('one'));
    await storage.put('a/b/c.json', bytes('two'));
    expect(await textAt('a/b/c.json')).toBe('two');
    expect(await storage.exists('a/b/c.json')).toBe(true);
    await storage.put('empty', new Uint8Array());
    expect(await textAt('empty')).toBe('');
  });

  it('lets the first of many that put if absent win, and tells each whether it was first', async () => {
    const won = await Promise.all(
      Array.from({ length: 10 }, async (_, index) =>
        (await storage.putIfAbsent('once', bytes(`${index}`))) ? [index] : [],
      ),
    );
    expect(won.flat()).toHaveLength(1);
    expect(await textAt('once')).toBe(String(won.flat()[0]));
  });

  it('takes a file from the disk and gives it back to the disk and as a stream', async () => {
    const content = Buffer.alloc(300_000, 'sluice ');
    await writeFile(join(dir, 'original'), content);
    await storage.putFile('files/abc', join(dir, 'original'));
    await rm(join(dir, 'original'));
    expect(await storage.download('files/abc', join(dir, 'copy'))).toBe(true);
    expect(await readFile(join(dir, 'copy'))).toEqual(content);
    const opened = await storage.open('files/abc');
    expect(opened?.bytes).toBe(content.length);
    expect(Buffer.from(await new Response(opened?.stream).arrayBuffer())).toEqual(content);
    const part = await storage.open('files/abc', { from: 7, to: 20 });
    expect(part?.bytes).toBe(14);
    expect(await new Response(part?.stream).text()).toBe('sluice sluice ');
    expect(await storage.download('files/none', join(dir, 'none'))).toBe(false);
    expect(await storage.open('files/none')).toBeNull();
  });

  it('keeps the file that is there when the same is put again', async () => {
    await writeFile(join(dir, 'first'), 'first');
    await writeFile(join(dir, 'second'), 'second');
    await storage.putFile('files/same', join(dir, 'first'));
    await storage.putFile('files/same', join(dir, 'second'));
    expect(await textAt('files/same')).toBe('first');
  });

  it('deletes an object and all below it, and nothing beside it', async () => {
    const keys = Array.from({ length: 45 }, (_, index) => `cache/abc/${index}/page.json`);
    for (const key of [...keys, 'cache/abc', 'cache/abcd/page.json'].filter(
      (key) => kind === 's3' || key !== 'cache/abc',
    )) {
      await storage.put(key, bytes('x'));
    }
    await storage.deleteAll('cache/abc');
    expect(await Promise.all(keys.map((key) => storage.exists(key)))).not.toContain(true);
    expect(await storage.exists('cache/abcd/page.json')).toBe(true);
    await storage.put('single', bytes('x'));
    await storage.deleteAll('single');
    expect(await storage.exists('single')).toBe(false);
    await storage.deleteAll('single');
  });

  it('says that it is unavailable, with the cause, when it does not do what it is asked', async () => {
    const broken = kind === 's3' ? storage : openStorage(parseEnv({ STORAGE_URL: `file:${dir}/blocked` }));
    await storage.check();
    if (kind === 's3') server.failWith = 403;
    else await writeFile(join(dir, 'blocked'), '');
    const asked = [
      () => broken.get('x'),
      () => broken.put('x', bytes('x')),
      () => broken.putIfAbsent('x', bytes('x')),
      () => broken.exists('x'),
      () => broken.download('x', join(dir, 'copy')),
      () => broken.check(),
    ];
    for (const ask of asked) {
      const error: unknown = await ask().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(StorageUnavailable);
      expect(error).toHaveProperty('cause', expect.any(Error));
    }
    server.failWith = null;
  });
});
