import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashKey, openCache } from '#lib/cache.ts';
import { createLogger } from '#lib/log.ts';
import { checkStorage } from '#lib/storage/check.ts';
import { fileStorage } from '#lib/storage/file.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';

const log = createLogger('test', 'silent');
const schema = z.object({ number: z.number() });
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-cache-'));
});
afterAll(() => rm(dir, { recursive: true }));

const open = () => openCache(fileStorage(dir), log);

describe('remember', () => {
  it('computes once and finds it ever after, also in another process', async () => {
    let computed = 0;
    const compute = async () => ({ number: ++computed });
    expect(await open().remember('a/b', schema, compute)).toEqual({ value: { number: 1 }, cached: false });
    expect(await open().remember('a/b', schema, compute)).toEqual({ value: { number: 1 }, cached: true });
    expect(computed).toBe(1);
  });

  it('computes once for askers at the same time', async () => {
    let computed = 0;
    const cache = open();
    const asked = Array.from({ length: 10 }, () => cache.remember('c', schema, async () => ({ number: ++computed })));
    const answers = await Promise.all(asked);
    expect(computed).toBe(1);
    expect(answers.every(({ value }) => value.number === 1)).toBe(true);
  });

  it.each(['{"number": 1', '', 'null', '{"other": true}'])(
    'takes a damaged artifact (%j) for a miss',
    async (damage) => {
      const key = `damaged-${hashKey(damage)}`;
      await writeFile(join(dir, key), damage);
      expect(await open().remember(key, schema, async () => ({ number: 7 }))).toEqual({
        value: { number: 7 },
        cached: false,
      });
      expect(await open().find(key, schema)).toEqual({ number: 7 });
    },
  );

  it('has in memory what is no longer in storage, and says which', async () => {
    const cache = open();
    await cache.keep('lost', schema, { number: 5 });
    expect(await cache.findStored('lost', schema)).toEqual({ number: 5 });
    await rm(join(dir, 'lost'));
    expect(await cache.find('lost', schema)).toEqual({ number: 5 });
    expect(await cache.findStored('lost', schema)).toBeNull();
    expect(await cache.keep('lost', schema, { number: 6 })).toEqual({ number: 6 });
    expect(await open().find('lost', schema)).toEqual({ number: 6 });
  });

  it('does not remember a computation that threw', async () => {
    const cache = open();
    await expect(cache.remember('d', schema, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.remember('d', schema, async () => ({ number: 2 }))).toMatchObject({ cached: false });
  });
});

describe('several processes', () => {
  it('take the result of the first, when several compute the same at one time', async () => {
    const caches = Array.from({ length: 4 }, open);
    const started = Promise.withResolvers<void>();
    let number = 0;
    const asked = caches.map((cache) =>
      cache.remember('shared', schema, async () => {
        const own = ++number;
        if (number === caches.length) started.resolve();
        await started.promise;
        return { number: own };
      }),
    );
    const answers = await Promise.all(asked);
    const kept = await open().find('shared', schema);
    expect(new Set(answers.map(({ value }) => value.number))).toEqual(new Set([kept?.number]));
  });

  it('keep a result over one that is damaged', async () => {
    await writeFile(join(dir, 'damaged-meanwhile'), '{"number"');
    expect(await open().keep('damaged-meanwhile', schema, { number: 3 })).toEqual({ number: 3 });
    expect(await open().find('damaged-meanwhile', schema)).toEqual({ number: 3 });
  });
});

describe('the file storage', () => {
  it('says that it is unavailable, with the cause, when its folder cannot be used', async () => {
    await writeFile(join(dir, 'file'), '');
    const storage = fileStorage(join(dir, 'file'));
    await expect(storage.put('x', new Uint8Array([1]))).rejects.toThrow(StorageUnavailable);
    await expect(checkStorage(storage)).rejects.toThrow(StorageUnavailable);
  });

  it('keeps the first of equal keys', async () => {
    const storage = fileStorage(dir);
    await storage.putIfAbsent('once', new Uint8Array([1]));
    await storage.putIfAbsent('once', new Uint8Array([2]));
    expect(await storage.get('once')).toEqual(Buffer.from([1]));
  });
});
