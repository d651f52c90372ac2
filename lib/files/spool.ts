import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '#lib/core/errors.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { toStorable } from '#lib/core/storable.ts';
import { detectFileType } from './detect.ts';
import type { FileType } from '../core/file-types.ts';
import { openWriter } from './writer.ts';

/** An upload on this machine's disk, with all that must be known before it is accepted. */
export interface SpooledFile {
  name: string;
  path: string;
  bytes: number;
  sha256: string;
  type: FileType;
}

export interface SpoolLimits {
  /** Bytes a file may have. */
  maxBytes: number;
}

const megabyte = 1024 * 1024;

/**
 * Writes one upload to a temporary file while hashing it, and tells its type by its content.
 * Nothing is left on the disk when it throws.
 * @throws RequestError naming the file when it is empty, too large or of a kind that cannot be read.
 */
export async function spool(
  dir: string,
  givenName: string,
  content: AsyncIterable<Uint8Array>,
  limits: SpoolLimits,
): Promise<SpooledFile> {
  const name = displayName(givenName);
  await mkdir(dir, { recursive: true });
  const path = join(dir, randomUUID());
  try {
    const { bytes, sha256 } = await writeHashed(path, content, name, limits.maxBytes);
    if (bytes === 0) throw new RequestError('unprocessable', 'empty_file', `${name} is empty: choose another file`);
    return { name, path, bytes, sha256, type: await typeOf(path, name) };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Removes spooled files once they are in storage or refused. */
export async function discard(files: readonly SpooledFile[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file.path, { force: true })));
}

async function writeHashed(path: string, content: AsyncIterable<Uint8Array>, name: string, maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx');
  const writer = openWriter(file);
  try {
    for await (const chunk of content) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) {
        const limit = Math.floor(maxBytes / megabyte);
        throw new RequestError(
          'too_large',
          'too_large',
          `${name} is larger than ${limit} MB: split it and upload the parts`,
        );
      }
      hash.update(chunk);
      await writer.add(chunk);
    }
    await writer.end();
  } finally {
    await writer.idle();
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function typeOf(path: string, name: string): Promise<FileType> {
  try {
    return await detectFileType(path, name);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new RequestError('unsupported', error.reason, `${name}: ${error.message}`, { cause: error });
  }
}

const maxNameLength = 200;
/** Marks that turn the direction of writing: `exe.pdf` would be shown where `fdp.exe` is written. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * The last part of what the browser sent, without what cannot be seen, at most 200 characters. Composed (NFC), as people
 * type it: macOS sends an accent behind its letter, and a search for the name would not find it.
 */
function displayName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const clean = toStorable(last)
    .normalize('NFC')
    .replace(/\p{Cc}/gu, '')
    .replace(directionMarks, '')
    .trim();
  return toStorable(clean.slice(0, maxNameLength)) || 'unnamed';
}
