import type * as fs from 'node:fs/promises';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileWriter, openFileWriter } from '#lib/storage/file-write.ts';

// What the file system does by itself is left to it; what other ones do, or a full disk, is put in its mouth.
const faults = vi.hoisted(() => ({
  link: '',
  copy: '',
  synced: [] as string[],
  beforeLink: null as (() => Promise<void>) | null,
}));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const failWith = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
  const open: typeof real.open = async (path, ...rest) => {
    const file = await real.open(path, ...rest);
    const sync = file.sync.bind(file);
    file.sync = async () => {
      faults.synced.push(String(path));
      await sync();
    };
    return file;
  };
  const copyFile: typeof real.copyFile = async (from, to) => {
    await real.copyFile(from, to);
    if (faults.copy) await failWith(faults.copy);
  };
  const link: typeof real.link = async (from, to) => {
    await faults.beforeLink?.();
    // What lies in the storage's own folder is on its disk.
    const isSameDisk = String(from).includes('/temporary/');
    return faults.link && !(faults.link === 'EXDEV' && isSameDisk) ? failWith(faults.link) : real.link(from, to);
  };
  return { ...real, open, copyFile, link };
});

let dir: string;
let writer: FileWriter;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-write-'));
  writer = openFileWriter(join(dir, 'temporary'));
  faults.synced = [];
});
afterEach(async () => {
  Object.assign(faults, { link: '', copy: '', beforeLink: null });
  await rm(dir, { recursive: true });
});

const path = (...names: string[]) => join(dir, ...names);
const bytes = (text: string) => Buffer.from(text);
const temporaryFiles = () => readdir(path('temporary')).catch(() => []);

describe('a file that is written', () => {
  it('is on the disk after a flush, with its folder and every folder that was made for it', async () => {
    await writer.create(path('a', 'b', 'file'), bytes('x'));
    await writer.flush();
    expect(faults.synced.filter((name) => !name.includes('temporary/'))).toEqual(
      expect.arrayContaining([dir, path('a'), path('a', 'b')]),
    );
    faults.synced = [];
    await writer.replace(path('a', 'b', 'file'), bytes('y'));
    expect(faults.synced).toHaveLength(1);
    await Promise.all([writer.flush(), writer.flush()]);
    expect(faults.synced).toHaveLength(2);
    expect(faults.synced[1]).toBe(path('a', 'b'));
    expect(await temporaryFiles()).toEqual([]);
  });

  it('is on the disk after its own flush, also when another writer flushed while it was moved into place', async () => {
    faults.beforeLink = () => writer.flush();
    await writer.create(path('shared', 'file'), bytes('x'));
    faults.synced = [];
    await writer.flush();
    expect(faults.synced).toContain(path('shared'));
  });

  // EXDEV: another disk. The others: file systems without links.
  it.each(['EXDEV', 'EPERM', 'ENOTSUP', 'ENOSYS'])(
    'is copied and synced where it cannot be linked (%s)',
    async (code) => {
      await writeFile(path('spooled'), 'content');
      faults.link = code;
      const placing = () => writer.place(path('spooled'), path('files', 'placed'));
      await placing();
      expect(await readFile(path('files', 'placed'), 'utf8')).toBe('content');
      expect(faults.synced.some((name) => name.startsWith(path('temporary')))).toBe(true);
      expect(faults.synced).toContain(path('files'));
      await writeFile(path('spooled'), 'other');
      await placing();
      expect(await readFile(path('files', 'placed'), 'utf8')).toBe('content');
      expect(await temporaryFiles()).toEqual([]);
    },
  );

  it('leaves nothing behind when the disk is full', async () => {
    await writeFile(path('spooled'), 'content');
    Object.assign(faults, { link: 'EPERM', copy: 'ENOSPC' });
    await expect(writer.place(path('spooled'), path('files', 'placed'))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await temporaryFiles()).toEqual([]);
    expect(await readdir(path('files')).catch(() => [])).toEqual([]);
  });
});

describe('on a file system without links', () => {
  beforeEach(() => {
    faults.link = 'EPERM';
  });

  it('one of many that write at once is first, and its content is there', async () => {
    for (let round = 0; round < 10; round++) {
      const file = path('once', String(round));
      const won = await Promise.all(
        Array.from({ length: 10 }, async (_, index) => ((await writer.create(file, bytes(`${index}`))) ? [index] : [])),
      );
      expect(won.flat()).toHaveLength(1);
      expect(await readFile(file, 'utf8')).toBe(String(won.flat()[0]));
    }
    expect(await temporaryFiles()).toEqual([]);
  });

  it('a file whose writer was killed before its content came is written by the next', async () => {
    await mkdir(path('killed'));
    await writeFile(path('killed', 'file'), '');
    const impatient = openFileWriter(path('temporary'), { maxFillMs: 50 });
    expect(await impatient.create(path('killed', 'file'), bytes('next'))).toBe(true);
    expect(await readFile(path('killed', 'file'), 'utf8')).toBe('next');
  });
});
