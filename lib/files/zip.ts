import { DocumentError } from '#lib/core/failures.ts';
import type { ByteSource } from './zip-source.ts';

export interface ZipEntry {
  name: string;
  packedBytes: number;
  /** Unpacked, as the archive claims. */
  bytes: number;
  isStored: boolean;
  /** Of its local header. */
  offset: number;
}

const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSignature = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const entryBytes = 46;
const localBytes = 30;
const endBytes = 22;
const locator64Bytes = 20;
const end64Bytes = 56;
const maxCommentBytes = 65_535;
const maxDirectoryBytes = 16 * 1024 * 1024;
/** In a field of 32 or 16 bits: the number is in a ZIP64 record. */
const elsewhere = 0xffff_ffff;
const elsewhere16 = 0xffff;
const stored = 0;
const deflated = 8;
const pieceBytes = 256 * 1024;

/**
 * The entries of a ZIP archive by its central directory (APPNOTE.TXT 4.3.12 to 4.3.16). Nothing is unpacked; the sizes
 * are what the archive claims. Parsers differ in what of the end record they believe (the number of entries, the length of
 * the directory, ZIP64): an archive is refused where these disagree, so that every parser finds the entries given here.
 * @throws DocumentError `corrupt_file` when there is no such directory, `too_complex` when it is larger than 16 MB
 */
export async function listZip(source: ByteSource): Promise<ZipEntry[]> {
  const { count, length, offset } = await findDirectory(source);
  if (length > maxDirectoryBytes)
    throw new DocumentError('too_complex', 'The file holds more parts than Sluice reads.');
  const entries = entriesOf(await source.read(offset, length));
  if (entries.length !== count) throw new DocumentError('corrupt_file');
  return entries;
}

interface Directory {
  count: number;
  length: number;
  offset: number;
}

async function findDirectory({ size, read }: ByteSource): Promise<Directory> {
  const tailBytes = Math.min(size, locator64Bytes + endBytes + maxCommentBytes);
  const tail = await read(size - tailBytes, tailBytes);
  const at = tail.lastIndexOf(endSignature);
  if (at < 0 || at + endBytes > tail.length) throw new DocumentError('corrupt_file');
  const [disk, count] = [tail.readUInt16LE(at + 8), tail.readUInt16LE(at + 10)];
  const short = { count, length: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
  const end = size - tailBytes + at;
  const hasLocator = at >= locator64Bytes && tail.readUInt32LE(at - locator64Bytes) === locator64Signature;
  const directory = hasLocator ? await findDirectory64(read, end, short) : short;
  const endOfDirectory = hasLocator ? end - locator64Bytes - end64Bytes : end;
  if (disk !== count || directory.offset + directory.length !== endOfDirectory) throw new DocumentError('corrupt_file');
  return directory;
}

/** The ZIP64 end record, right before its locator; the short record repeats it or refers to it, as a whole. */
async function findDirectory64(read: ByteSource['read'], end: number, short: Directory): Promise<Directory> {
  const at = end - locator64Bytes - end64Bytes;
  const record = at < 0 ? Buffer.alloc(0) : await read(at, end64Bytes + locator64Bytes);
  const isThere =
    record.length === end64Bytes + locator64Bytes &&
    record.readUInt32LE(0) === end64Signature &&
    record.readBigUInt64LE(end64Bytes + 8) === BigInt(at);
  if (!isThere) throw new DocumentError('corrupt_file');
  const long = {
    count: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  };
  const isRepeated = short.count === long.count && short.length === long.length && short.offset === long.offset;
  const isReferred = short.count === elsewhere16 && short.length === elsewhere && short.offset === elsewhere;
  if (!isRepeated && !isReferred) throw new DocumentError('corrupt_file');
  return long;
}

function entriesOf(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < directory.length) {
    if (at + entryBytes > directory.length || directory.readUInt32LE(at) !== entrySignature)
      throw new DocumentError('corrupt_file');
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraAt = at + entryBytes + nameBytes;
    const extraEnd = extraAt + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    const method = directory.readUInt16LE(at + 10);
    const short = [24, 20, 42].map((field) => directory.readUInt32LE(at + field));
    const [bytes = 0, packedBytes = 0, offset = 0] = withZip64(short, directory.subarray(extraAt, extraEnd));
    const isStored = method === stored;
    // What is protected is packed in ways of its own.
    const isProtected = (directory.readUInt16LE(at + 8) & 1) === 1;
    if (
      (!isStored && method !== deflated && !isProtected) ||
      (isStored && bytes !== packedBytes && !isProtected) ||
      next > directory.length
    )
      throw new DocumentError('corrupt_file');
    const name = directory.subarray(at + entryBytes, extraAt).toString('utf8');
    entries.push({ name, packedBytes, bytes, isStored, offset });
    at = next;
  }
  return entries;
}

/** Size, packed size and offset, each from the ZIP64 field where it is too large for its own (APPNOTE.TXT 4.5.3). */
function withZip64(short: readonly number[], extra: Buffer): number[] {
  const long = short.includes(elsewhere) ? zip64Numbers(extra) : [];
  return short.map((value) => {
    const number = value === elsewhere ? long.shift() : value;
    if (number === undefined) throw new DocumentError('corrupt_file');
    return number;
  });
}

function zip64Numbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(field.length / 8) }, (_, index) => Number(field.readBigUInt64LE(8 * index)));
  }
  return [];
}

/**
 * The bytes of an entry as they are packed, piece by piece.
 * @throws DocumentError `corrupt_file` also when its own header names another method: some parsers go by that
 */
export async function* packedContent(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer, void> {
  const header = await source.read(entry.offset, localBytes);
  const isHeader = header.length === localBytes && header.readUInt32LE(0) === localSignature;
  if (!isHeader || header.readUInt16LE(8) !== (entry.isStored ? stored : deflated))
    throw new DocumentError('corrupt_file');
  const start = entry.offset + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.packedBytes > source.size) throw new DocumentError('corrupt_file');
  for (let done = 0; done < entry.packedBytes; done += pieceBytes) {
    yield source.read(start + done, Math.min(pieceBytes, entry.packedBytes - done));
  }
}
