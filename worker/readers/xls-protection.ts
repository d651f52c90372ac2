import XLSX from '@e965/xlsx';
import { DocumentError } from '#lib/core/failures.ts';

const beginningOfFile = 0x0809;
const filePass = 0x002f;
/** It stands right behind the beginning of the file; a few records may come between. */
const recordsToLookAt = 20;

/**
 * Whether an old workbook is encrypted: its stream of records then has a FilePass ([MS-XLS] 2.4.117) near its start.
 * @throws DocumentError `corrupt_file`
 */
export function isProtectedXls(content: Buffer): boolean {
  const records = workbookOf(content);
  let at = 0;
  for (let seen = 0; seen < recordsToLookAt && at + 4 <= records.length; seen++) {
    const type = records.readUInt16LE(at);
    if (seen === 0 && type !== beginningOfFile) return false;
    if (type === filePass) return true;
    at += 4 + records.readUInt16LE(at + 2);
  }
  return false;
}

function workbookOf(content: Buffer): Buffer {
  try {
    const container = XLSX.CFB.read(content, { type: 'buffer' });
    const stream = XLSX.CFB.find(container, '/Workbook') ?? XLSX.CFB.find(container, '/Book');
    return Buffer.from(stream?.content ?? []);
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}
