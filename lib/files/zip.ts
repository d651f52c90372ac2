import type { FileHandle } from 'node:fs/promises';
import { DocumentError } from '#lib/failures.ts';

export interface ZipEntry {
  name: string;
  packedBytes: number;
  /** Unpacked, as the archive claims. */
  bytes: number;
  isStored: boolean;
  /** Of its local header. */
  offset: number;
}

/** Bytes of an archive, wherever they are. */
export interface ByteSource {
  size: number;
  /** Fewer than asked for at the end. */
  read: (position: number, length: number) => Promise<Buffer>;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const localBytes = 30;
const longestComment = 65_535;
const largestDirectory = 16 * 1024 * 1024;

export function fileSource(file: FileHandle, size: number): ByteSource {
  return {
    size,
    read: async (position, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    },
  };
}

export function bufferSource(content: Buffer): ByteSource {
  return { size: content.length, read: async (position, length) => content.subarray(position, position + length) };
}

/**
 * The entries of a ZIP archive by its central directory (APPNOTE.TXT 4.3.12 and 4.3.16). Nothing is unpacked; the sizes
 * are what the archive claims.
 * @throws DocumentError `corrupt_file` when there is no directory, `too_complex` when it is larger than 16 MB
 */
export async function listZip({ size, read }: ByteSource): Promise<ZipEntry[]> {
  const tailLength = Math.min(size, endBytes + longestComment);
  const tail = await read(size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + endBytes > tail.length || tail.readUInt32LE(end) !== endSignature)
    throw new DocumentError('corrupt_file');
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (length > largestDirectory) throw new DocumentError('too_complex', 'The file holds more parts than Sluice reads.');
  if (offset + length > size) throw new DocumentError('corrupt_file');
  return entriesOf(await read(offset, length));
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
      isStored: directory.readUInt16LE(at + 10) === 0,
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** The bytes of an entry as they are packed, piece by piece. @throws DocumentError `corrupt_file` */
export async function* packedContent(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer, void> {
  const header = await source.read(entry.offset, localBytes);
  if (header.length < localBytes || header.readUInt32LE(0) !== localSignature) throw new DocumentError('corrupt_file');
  const start = entry.offset + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  for (let done = 0; done < entry.packedBytes; done += pieceBytes) {
    yield source.read(start + done, Math.min(pieceBytes, entry.packedBytes - done));
  }
}

const pieceBytes = 256 * 1024;
