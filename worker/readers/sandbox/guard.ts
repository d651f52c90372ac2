import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { DocumentError } from '#lib/core/failures.ts';
import type { FileType } from '#lib/core/file-types.ts';
import { listZip, packedContent, type ZipEntry } from '#lib/files/zip.ts';
import { bufferSource, type ByteSource, fileSource } from '#lib/files/zip-source.ts';
import type { FileToRead } from '../reader.ts';
import { limits } from './limits.ts';

const containers = new Set<FileType>(['docx', 'xlsx', 'xlsm', 'xlsb', 'ods', 'odt', 'odp', 'pptx', 'epub']);
const mega = 1024 * 1024;

/**
 * Looks at what a container claims to hold, then inflates each part once without keeping it: a part that comes to more
 * than it claims ends there, before any parser trusts the archive.
 * @throws DocumentError `too_complex` naming the limit, or `corrupt_file`
 */
export async function guardContainer({ path, type, content }: FileToRead): Promise<void> {
  if (!containers.has(type)) return;
  if (content) return guardArchive(bufferSource(content));
  const file = await open(path, 'r');
  try {
    await guardArchive(fileSource(file, (await file.stat()).size));
  } finally {
    await file.close();
  }
}

async function guardArchive(source: ByteSource): Promise<void> {
  const entries = await listZip(source);
  if (entries.length > limits.containerParts) {
    throw new DocumentError(
      'too_complex',
      `The file holds ${entries.length} parts, ${limits.containerParts} are allowed.`,
    );
  }
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const ratio = bytes / Math.max(source.size, 1);
  const isPacked = ratio > limits.containerRatio && bytes > limits.containerFreeBytes;
  if (bytes > limits.containerBytes || isPacked) {
    throw new DocumentError(
      'too_complex',
      `Unpacked, the file is ${Math.round(bytes / mega)} MB (${Math.round(ratio)} times its size); ` +
        `${limits.containerBytes / mega} MB and ${limits.containerRatio} times are allowed.`,
    );
  }
  for (const entry of entries) await (entry.isStored ? checkStored(source, entry) : inflateOnce(source, entry));
}

/** Looks at a part that is not packed: its own header says so too, and its bytes are there. */
async function checkStored(source: ByteSource, entry: ZipEntry): Promise<void> {
  await packedContent(source, entry).next();
}

/** Unpacks a part into nothing, up to the size that it claims. */
async function inflateOnce(source: ByteSource, entry: ZipEntry): Promise<void> {
  const inflate = createInflateRaw();
  const feed = async () => {
    for await (const piece of packedContent(source, entry)) {
      if (inflate.destroyed) return;
      if (!inflate.write(piece)) await Promise.race([once(inflate, 'drain'), once(inflate, 'close')]);
    }
    inflate.end();
  };
  const feeding = feed();
  feeding.catch((error: unknown) => inflate.destroy(error instanceof Error ? error : undefined));
  let bytes = 0;
  try {
    for await (const piece of inflate) {
      bytes += Buffer.isBuffer(piece) ? piece.length : 0;
      if (bytes > entry.bytes) throw liar(entry);
    }
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  } finally {
    inflate.destroy();
  }
}

function liar({ bytes }: ZipEntry): DocumentError {
  return new DocumentError('too_complex', `A part of the file unpacks to more than the ${bytes} bytes that it claims.`);
}
