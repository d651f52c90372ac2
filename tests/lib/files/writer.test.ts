import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWriter } from '#lib/files/writer.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-writer-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('writing what comes in chunks', () => {
  it.each([0, 1, 70_000, 1024 * 1024, 20_000_001])('keeps all of %i bytes in their order', async (size) => {
    const content = randomBytes(size);
    const file = await open(join(dir, `whole ${size}`), 'wx');
    const writer = openWriter(file);
    for (let from = 0; from < size; from += 65_521) await writer.add(content.subarray(from, from + 65_521));
    await writer.end();
    await writer.idle();
    await file.close();
    expect((await readFile(join(dir, `whole ${size}`))).equals(content)).toBe(true);
  });

  it('goes on where the disk took less than it was given', async () => {
    const path = join(dir, 'short');
    const file = await open(path, 'wx');
    const content = randomBytes(200_000);
    file.writev = async (buffers) => {
      const { bytesWritten } = await file.write(content, 0, 10);
      return { bytesWritten, buffers };
    };
    const writer = openWriter(file);
    await writer.add(content.subarray(0, 100_000));
    await writer.add(content.subarray(100_000));
    await writer.end();
    await file.close();
    expect((await readFile(path)).equals(content)).toBe(true);
  });

  it('says that it failed, at the latest at the end, and ends no process by it', async () => {
    const file = await open(join(dir, 'failing'), 'wx');
    const full = new Error('the disk is full');
    file.writev = () => Promise.reject(full);
    const writer = openWriter(file);
    await writer.add(randomBytes(2_000_000));
    await expect(writer.end()).rejects.toBe(full);
    await writer.idle();
    await file.close();
  });
});
