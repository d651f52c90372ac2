import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { DocumentError } from '#lib/core/failures.ts';
import { detectText } from './detect-text.ts';
import type { FileType } from '../core/file-types.ts';
import { archiveKindOf, unreadable } from './archive-kinds.ts';
import { listZip } from './zip.ts';
import { fileSource } from './zip-source.ts';

const headBytes = 64 * 1024;
/** How much of each end of an old Office file is searched for its directory. */
const oleBytes = 4 * 1024 * 1024;

const images: Record<string, FileType> = {
  'image/png': 'png',
  'image/apng': 'png',
  'image/jpeg': 'jpeg',
  'image/tiff': 'tiff',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heic',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heic',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
};

/**
 * Tells a file's kind by its content. Reads its ends and, of a container, its directory: nothing is unpacked.
 * Its name only decides between kinds of plain text, which content cannot always tell apart.
 * @throws DocumentError `empty_file`, `unsupported_file` or `corrupt_file`, with a sentence for people
 */
export async function detectFileType(path: string, name = ''): Promise<FileType> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) throw new DocumentError('empty_file');
    const head = await readAt(file, 0, Math.min(size, headBytes));
    return (await detectBinary(file, size, head, name)) ?? detectPlain(head, size, name);
  } finally {
    await file.close();
  }
}

async function detectBinary(file: FileHandle, size: number, head: Buffer, name: string): Promise<FileType | null> {
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))) return detectZip(file, size, head);
  if (head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1') return detectOle(file, size, head, name);
  // The header may stand behind some bytes of junk. What holds a PDF file unpacked was named above.
  if (head.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  if (['49492a00', '4d4d002a', '49492b00', '4d4d002b'].includes(head.subarray(0, 4).toString('hex'))) return 'tiff';
  if (head.subarray(0, 5).toString('latin1') === '{\\rtf') return 'rtf';
  const known = await fileTypeFromBuffer(head.subarray(0, 4100));
  const image = known && images[known.mime];
  if (image) return image;
  if (known && !known.mime.startsWith('text/') && known.mime !== 'application/xml') {
    const advice = known.mime.startsWith('image/') ? 'JPEG or PNG' : 'PDF, Word, Excel or an image';
    throw unreadable(`a file of the kind ${known.ext.toUpperCase()}`, advice);
  }
  return null;
}

async function detectZip(file: FileHandle, size: number, head: Buffer): Promise<FileType> {
  const entries = await listZip(fileSource(file, size));
  return archiveKindOf(entries, head);
}

async function detectOle(file: FileHandle, size: number, head: Buffer, name: string): Promise<FileType> {
  const start = await readAt(file, 0, Math.min(size, oleBytes));
  const end =
    size > oleBytes
      ? await readAt(file, Math.max(oleBytes, size - oleBytes), Math.min(size - oleBytes, oleBytes))
      : head;
  const has = (name: string) => [start, end].some((part) => part.includes(Buffer.from(`${name}\0`, 'utf16le')));
  // What is attached to a message may be any of the others.
  if (has('__properties_version1.0') && !/\.(?:xls|doc|ppt)$/i.test(name)) return 'msg';
  if (has('EncryptedPackage')) return 'encrypted';
  if (has('Workbook') || has('Book')) return 'xls';
  if (has('WordDocument')) return 'doc';
  if (has('PowerPoint Document')) throw unreadable('a PowerPoint 97–2003 presentation (.ppt)', '.pptx or PDF');
  if (has('VisioDocument')) throw unreadable('a Visio drawing', 'PDF');
  if (has('Quill')) throw unreadable('a Publisher document', 'PDF');
  throw unreadable('a file of an old Office program', 'PDF');
}

function detectPlain(head: Buffer, size: number, name: string): FileType {
  const type = detectText(head, size > head.length, name);
  if (!type) throw new DocumentError('unsupported_file');
  return type;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
