import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from '#tests/bombs/zip.ts';
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

/** A directory that shows one part and a file that holds another: parsers differ in which of the two they believe. */
describe('an archive whose records disagree is refused before any parser sees it', () => {
  const shown = { name: 'word/document.xml', content: 'text' };
  const hidden = { name: 'word/media/zeros.bin', content: Buffer.alloc(1_000_000) };
  const both = zip([shown, hidden]);
  const end = both.length - 22;
  const directoryAt = both.readUInt32LE(end + 16);
  const secondAt = both.indexOf(Buffer.from('504b0102', 'hex'), directoryAt + 4);

  it.each([
    ['fewer bytes of directory', (archive: Buffer) => archive.writeUInt32LE(secondAt - directoryAt, end + 12)],
    ['fewer entries', (archive: Buffer) => archive.writeUInt16LE(1, end + 8) + archive.writeUInt16LE(1, end + 10)],
    ['two numbers of entries', (archive: Buffer) => archive.writeUInt16LE(1, end + 10)],
    ['a part as stored that its own header calls deflated', storedInDirectory],
  ])('%s', async (_name, change) => {
    const archive = Buffer.from(both);
    change(archive);
    await expect(guard(archive)).rejects.toMatchObject({ reason: 'corrupt_file' });
  });

  it('a ZIP64 record that refers to another directory', async () => {
    const harmless = zip([shown]);
    const at = harmless.readUInt32LE(harmless.length - 6);
    const hiddenDirectory = both.subarray(directoryAt, end);
    const archive = Buffer.concat([both.subarray(0, directoryAt), hiddenDirectory, harmless.subarray(at, -22)]);
    const record = end64({ count: 2, length: hiddenDirectory.length, offset: directoryAt }, archive.length);
    const short = Buffer.from(harmless.subarray(-22));
    short.writeUInt32LE(end, 16);
    await expect(guard(Buffer.concat([archive, record, short]))).rejects.toMatchObject({ reason: 'corrupt_file' });
  });

  function storedInDirectory(archive: Buffer): void {
    archive.writeUInt16LE(0, secondAt + 10);
    archive.writeUInt32LE(archive.readUInt32LE(secondAt + 20), secondAt + 24);
  }
});

it.each(['repeats', 'refers to'])('a ZIP64 archive is read when its short record %s the long one', async (how) => {
  const archive = zip([{ name: 'word/document.xml', content: 'text '.repeat(10_000) }]);
  const [body, short] = [archive.subarray(0, -22), Buffer.from(archive.subarray(-22))];
  const directory = { count: 1, length: short.readUInt32LE(12), offset: short.readUInt32LE(16) };
  if (how === 'refers to') short.fill(0xff, 8, 20);
  await expect(guard(Buffer.concat([body, end64(directory, body.length), short]))).resolves.toBeUndefined();
});

/** A ZIP64 end record at this place, and its locator. */
function end64({ count, length, offset }: { count: number; length: number; offset: number }, at: number): Buffer {
  const record = Buffer.alloc(76);
  record.write('PK\u0006\u0006', 0, 'latin1');
  record.writeBigUInt64LE(44n, 4);
  for (const [index, value] of [count, count, length, offset].entries())
    record.writeBigUInt64LE(BigInt(value), 24 + 8 * index);
  record.write('PK\u0006\u0007', 56, 'latin1');
  record.writeBigUInt64LE(BigInt(at), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
