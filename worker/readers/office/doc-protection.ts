import XLSX from '@e965/xlsx';
import { DocumentError } from '#lib/core/failures.ts';

/** Where the flags of a document's base stand ([MS-DOC] 2.5.2), and the one of encryption. */
const flagsAt = 0x0a;
const encrypted = 0x0100;

/** Whether an old Word document is encrypted. @throws DocumentError `corrupt_file` */
export function isProtectedDoc(content: Buffer): boolean {
  try {
    const stream = XLSX.CFB.find(XLSX.CFB.read(content, { type: 'buffer' }), '/WordDocument');
    const base = Buffer.from(stream?.content ?? []);
    return base.length > flagsAt + 2 && (base.readUInt16LE(flagsAt) & encrypted) !== 0;
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}
