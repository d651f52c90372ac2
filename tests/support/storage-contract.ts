import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkStorage } from '#lib/storage/check.ts';
import type { Storage } from '#lib/storage/storage.ts';

/** Registers the tests that every storage passes. `openAll` gives one storage as several processes see it. */
export function storageContract(openAll: (processes: number) => Promise<Storage[]> | Storage[]): void {
  let dir: string;
  let storage: Storage;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sluice-contract-'));
    const [one] = await openAll(1);
    if (!one) throw new Error('no storage was opened');
    storage = one;
  });
  afterAll(() => rm(dir, { recursive: true }));

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

  it('proves that it writes, reads and deletes', async () => {
    await expect(checkStorage(storage)).resolves.toBeUndefined();
    await expect(Promise.all([checkStorage(storage), checkStorage(storage)])).resolves.toHaveLength(2);
  });

  it('lets the first of many that put if absent win, and tells each whether it was first', async () => {
    const processes = await openAll(4);
    for (let round = 0; round < 5; round++) {
      const won = await Promise.all(
        Array.from({ length: 20 }, async (_, index) =>
          (await processes[index % processes.length]?.putIfAbsent(`once/${round}`, bytes(`${index}`))) ? [index] : [],
        ),
      );
      expect(won.flat()).toHaveLength(1);
      expect(await textAt(`once/${round}`)).toBe(String(won.flat()[0]));
    }
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

  it('takes a large file', async () => {
    const content = Buffer.alloc(20 * 1024 * 1024, 'a large file ');
    await writeFile(join(dir, 'large'), content);
    await storage.putFile('files/large', join(dir, 'large'));
    expect(await storage.download('files/large', join(dir, 'large-copy'))).toBe(true);
    expect(content.equals(await readFile(join(dir, 'large-copy')))).toBe(true);
  });

  it('deletes an object and all below it, and nothing beside it', async () => {
    const keys = Array.from({ length: 45 }, (_, index) => `cache/abc/${index}/page & <1>.json`);
    for (const key of [...keys, 'cache/abcd/page.json']) await storage.put(key, bytes('x'));
    await storage.deleteAll('cache/abc');
    expect(await Promise.all(keys.map((key) => storage.exists(key)))).not.toContain(true);
    expect(await storage.exists('cache/abcd/page.json')).toBe(true);
    await storage.put('single', bytes('x'));
    await storage.deleteAll('single');
    expect(await storage.exists('single')).toBe(false);
    await storage.deleteAll('single');
  });

  it('deletes only the folders that are chosen', async () => {
    const keys = Array.from({ length: 45 }, (_, index) => `some/abc/${index}_x/page.json`);
    for (const key of keys) await storage.put(key, bytes('x'));
    await storage.deleteAll('some/abc', { onlyFolders: (folder) => Number.parseInt(folder, 10) < 30 });
    const isLeft = await Promise.all(keys.map((key) => storage.exists(key)));
    expect(isLeft.map((left, index) => left === index >= 30)).not.toContain(false);
    await storage.deleteAll('nothing/here', { onlyFolders: () => true });
  });
}
