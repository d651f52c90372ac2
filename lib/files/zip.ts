import type { FileHandle } from 'node:fs/promises';
import { DocumentError } from '#lib/failures.ts';

export interface ZipEntry {
  name: string;
  packedBytes: number;
  bytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
const longestComment = 65_535;
const largestDirectory = 16 * 1024 * 1024;

/**
 * The entries of a ZIP archive by its central directory (APPNOTE.TXT 4.3.12 and 4.3.16). Nothing is unpacked; the sizes
 * are what the archive claims.
 * @throws DocumentError `corrupt_file` when there is no directory, `too_complex` when it is larger than 16 MB
 */
export async function listZip(file: FileHandle, size: number): Promise<ZipEntry[]> {
  const tailLength = Math.min(size, endBytes + longestComment);
  const tail = await read(file, size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + endBytes > tail.length || tail.readUInt32LE(end) !== endSignature)
    throw new DocumentError('corrupt_file');
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (length > largestDirectory) throw new DocumentError('too_complex', 'The file holds more parts than Sluice reads.');
  if (offset + length > size) throw new DocumentError('corrupt_file');
  return entriesOf(await read(file, offset, length));
}

function entriesOf(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === entrySignature) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.subarray(at + 46, at + 46 + nameLength).toString('utf8'),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
