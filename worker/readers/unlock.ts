import { readFile } from 'node:fs/promises';
import officeCrypto from 'officecrypto-tool';
import { DocumentError } from '#lib/core/failures.ts';
import { officeTypeOf } from '#lib/files/archive-kinds.ts';
import { listZip } from '#lib/files/zip.ts';
import { bufferSource } from '#lib/files/zip-source.ts';
import { isProtectedDoc } from './office/doc-protection.ts';
import { isProtectedXls } from './xls-protection.ts';
import type { FileToRead } from './reader.ts';

/** What a reader reads: the file on disk, or what was in it once it was decrypted. */
export async function contentOf({ path, content }: FileToRead): Promise<Buffer> {
  return content ?? readFile(path);
}

/**
 * A protected Office file as the file that is in it. Others are given back as they are: PDF files are opened with their
 * password by their own library.
 * @throws DocumentError `encrypted_file` without a password, or with one that does not open it
 */
export async function unlock(file: FileToRead): Promise<FileToRead> {
  if (file.type !== 'encrypted' && file.type !== 'xls' && file.type !== 'doc') return file;
  const locked = await readFile(file.path);
  if (file.type === 'xls' && !isProtectedXls(locked)) return { ...file, content: locked };
  if (file.type === 'doc' && !isProtectedDoc(locked)) return { ...file, content: locked };
  if (file.password === undefined) throw new DocumentError('encrypted_file');
  const content = await decrypt(locked, file.password);
  if (file.type !== 'encrypted') return { ...file, content };
  return { ...file, content, type: officeTypeOf(await listZip(bufferSource(content))) };
}

export function wrongPassword(cause: unknown): DocumentError {
  return new DocumentError('encrypted_file', 'The password does not open this file. Check it and enter it again.', {
    cause,
  });
}

async function decrypt(locked: Buffer, password: string): Promise<Buffer> {
  try {
    return await officeCrypto.decrypt(locked, { password });
  } catch (error) {
    // The library gives up by plain errors; a file that was detected as protected fails by its password.
    throw wrongPassword(error);
  }
}
