import { readFile } from 'node:fs/promises';
import {
  configure,
  type Entry,
  ERR_ENCRYPTED,
  ERR_INVALID_PASSWORD,
  Uint8ArrayReader,
  ZipReader,
} from '@zip.js/zip.js';
import { DocumentError } from '#lib/core/failures.ts';
import type { FileToRead, HeldFile, Reader } from './reader.ts';
import { limits } from './sandbox/limits.ts';
import { wrongPassword } from './unlock.ts';

// A reader's process may start no thread.
configure({ useWebWorkers: false });

const mega = 1024 * 1024;
/** What systems put beside people's files. */
const leftovers = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

/** ZIP archives: each file in one is a document of its own, and the archive has no pages. */
export const archiveReader: Reader = {
  version: 'archive-1',
  countPages: () => Promise.reject(new DocumentError('unsupported_file')),
  readPages: () => {
    throw new DocumentError('unsupported_file');
  },
  async *unpack(file, maxBytes) {
    const content = await readFile(file.path);
    const entries = await entriesOf(content);
    checkSizes(entries, content.length);
    if (file.password === undefined && entries.some(({ encrypted }) => encrypted)) {
      throw new DocumentError('encrypted_file');
    }
    for (const entry of entries) yield await heldFile(entry, maxBytes, file);
  },
};

type FileEntry = Extract<Entry, { directory: false }>;

async function entriesOf(content: Uint8Array): Promise<FileEntry[]> {
  try {
    // Whatever a name says, a file is never written under it.
    const options = { filenameValidation: 'tolerant' } as const;
    const entries = await new ZipReader(new Uint8ArrayReader(content), options).getEntries();
    return entries.filter((entry): entry is FileEntry => !entry.directory && !leftovers.test(entry.filename));
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

/** @throws DocumentError `too_complex` where the archive claims to hold more than is unpacked */
function checkSizes(entries: readonly FileEntry[], packed: number): void {
  if (entries.length > limits.archiveFiles) {
    const message = `The archive holds ${entries.length} files, ${limits.archiveFiles} are allowed.`;
    throw new DocumentError('too_complex', `${message} Upload them in several archives.`);
  }
  const bytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const isBomb = bytes > limits.containerFreeBytes && bytes > limits.archiveRatio * packed;
  if (bytes <= limits.archiveBytes && !isBomb) return;
  const allowed = `${limits.archiveBytes / mega} MB and ${limits.archiveRatio} times its size`;
  throw new DocumentError(
    'too_complex',
    `Unpacked, the archive is ${Math.round(bytes / mega)} MB; ${allowed} are allowed. Unpack it and upload the documents.`,
  );
}

async function heldFile(entry: FileEntry, maxBytes: number, { password }: FileToRead): Promise<HeldFile> {
  const name = entry.filename;
  if (entry.uncompressedSize > maxBytes) return { name, content: 'too_large', isCovered: true };
  try {
    return { name, content: await unpacked(entry, password), isCovered: true };
  } catch (error) {
    if (isPassword(error)) throw wrongPassword(error);
    return { name, content: 'damaged', isCovered: true };
  }
}

/** No more than the entry claims to hold. @throws RangeError where it holds more */
async function unpacked(entry: FileEntry, password: string | undefined): Promise<Uint8Array> {
  const content = new Uint8Array(entry.uncompressedSize);
  let length = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      content.set(chunk, length);
      length += chunk.length;
    },
  });
  await entry.getData(sink, {
    checkSignature: true,
    checkOverlappingEntry: true,
    ...(password === undefined ? {} : { password }),
  });
  return content.subarray(0, length);
}

function isPassword(error: unknown): boolean {
  return error instanceof Error && [ERR_INVALID_PASSWORD, ERR_ENCRYPTED].includes(error.message);
}
