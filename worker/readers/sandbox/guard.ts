import { open } from 'node:fs/promises';
import { DocumentError } from '#lib/failures.ts';
import type { FileType } from '#lib/files/types.ts';
import { listZip } from '#lib/files/zip.ts';
import type { FileToRead } from '../reader.ts';
import { limits } from './limits.ts';

const containers = new Set<FileType>(['docx', 'xlsx', 'xlsm', 'xlsb', 'ods']);
const mega = 1024 * 1024;

/**
 * Looks at what a container claims to hold before any of it is unpacked; one that lies runs into the limits of the
 * process.
 * @throws DocumentError `too_complex` naming the limit, or `corrupt_file`
 */
export async function guardContainer({ path, type }: FileToRead): Promise<void> {
  if (!containers.has(type)) return;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const entries = await listZip(file, size);
    if (entries.length > limits.containerParts) {
      throw new DocumentError(
        'too_complex',
        `The file holds ${entries.length} parts, ${limits.containerParts} are allowed.`,
      );
    }
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const ratio = bytes / Math.max(size, 1);
    const isPacked = ratio > limits.containerRatio && bytes > limits.containerFreeBytes;
    if (bytes > limits.containerBytes || isPacked) {
      throw new DocumentError(
        'too_complex',
        `Unpacked, the file is ${Math.round(bytes / mega)} MB (${Math.round(ratio)} times its size); ` +
          `${limits.containerBytes / mega} MB and ${limits.containerRatio} times are allowed.`,
      );
    }
  } finally {
    await file.close();
  }
}
