import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardContainer } from '#worker/readers/sandbox/guard.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-guard-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function guard(content: Uint8Array): Promise<void> {
  const path = join(folder, 'file.docx');
  await writeFile(path, content);
  await guardContainer({ path, type: 'docx' });
}

/** An archive whose directory claims another size for its first entry than it has. */
function lying(claimed: number): Buffer {
  const archive = Buffer.from(zipSync({ 'word/document.xml': strToU8('text '.repeat(10_000)) }));
  archive.writeUInt32LE(claimed, archive.indexOf(Buffer.from('504b0102', 'hex')) + 24);
  return archive;
}

describe('a container', () => {
  it('passes when it is what it claims to be', async () => {
    const honest = zipSync({ 'word/document.xml': strToU8('text '.repeat(10_000)), 'a/b.xml': strToU8('x') });
    await expect(guard(honest)).resolves.toBeUndefined();
  });

  it('is refused before any parser sees it when a part unpacks to more than it claims', async () => {
    await expect(guard(lying(100))).rejects.toMatchObject({
      reason: 'too_complex',
      message: expect.stringContaining('100 bytes'),
    });
  });

  it('is refused for what it claims, before anything is unpacked', async () => {
    await expect(guard(lying(3_000_000_000))).rejects.toMatchObject({ reason: 'too_complex' });
  });

  it('is corrupt when a part cannot be unpacked', async () => {
    const archive = lying(50_000);
    archive.fill(0xff, 60, 90);
    await expect(guard(archive)).rejects.toMatchObject({ reason: 'corrupt_file' });
  });
});
