import { DocumentError } from '#lib/core/failures.ts';
import type { FileType } from '../core/file-types.ts';
import type { ZipEntry } from './zip.ts';

/**
 * Which kind of file an archive is, by the names in it and by its first bytes; an archive of files where it is none.
 * @throws DocumentError `unsupported_file`, naming what it is
 */
export function archiveKindOf(entries: readonly ZipEntry[], head: Buffer): FileType {
  const names = new Set(entries.map(({ name }) => name));
  const other = otherKinds.find(({ part }) => names.has(part));
  if (other) throw unreadable(other.is, other.save);
  return officeKindOf(entries) ?? openKindOf(names, head) ?? 'zip';
}

/** Archives of parts that are no documents of their own. */
const otherKinds = [
  { part: 'Index/Document.iwa', is: 'a file of Apple Pages, Numbers or Keynote', save: 'PDF, .docx or .xlsx' },
  { part: 'index.apxl', is: 'a file of Apple Keynote', save: 'PDF' },
  { part: 'visio/document.xml', is: 'a Visio drawing', save: 'PDF' },
  { part: 'FixedDocSeq.fdseq', is: 'an XPS document', save: 'PDF' },
  { part: 'FixedDocumentSequence.fdseq', is: 'an XPS document', save: 'PDF' },
  { part: 'META-INF/MANIFEST.MF', is: 'a program', save: 'PDF' },
] as const;

/** What an archive says that it is: stored unpacked, so that it can be told from outside; first, but by some writers. */
const openKinds = [
  { mime: 'application/vnd.oasis.opendocument.spreadsheet', part: 'content.xml', type: 'ods' },
  { mime: 'application/vnd.oasis.opendocument.text', part: 'content.xml', type: 'odt' },
  { mime: 'application/vnd.oasis.opendocument.presentation', part: 'content.xml', type: 'odp' },
  { mime: 'application/epub+zip', part: 'META-INF/container.xml', type: 'epub' },
] as const;

function openKindOf(names: ReadonlySet<string>, head: Buffer): FileType | null {
  return openKinds.find(({ mime, part }) => names.has(part) && head.includes(mime))?.type ?? null;
}

/** What a file is that cannot be read, and as what to save it. */
export function unreadable(is: string, save: string): DocumentError {
  return new DocumentError(
    'unsupported_file',
    `This is ${is}, which Sluice cannot read. Save it as ${save} and upload that.`,
  );
}

function officeKindOf(entries: readonly ZipEntry[]): FileType | null {
  const has = (name: string) => entries.some((entry) => entry.name === name);
  if (has('word/document.xml')) return 'docx';
  if (has('xl/workbook.bin')) return 'xlsb';
  if (has('xl/workbook.xml')) return has('xl/vbaProject.bin') ? 'xlsm' : 'xlsx';
  if (has('ppt/presentation.xml')) return 'pptx';
  return null;
}

/** Which kind of Office Open XML an archive is by the names in it. @throws DocumentError `unsupported_file` */
export function officeTypeOf(entries: readonly ZipEntry[]): FileType {
  const kind = officeKindOf(entries);
  if (kind) return kind;
  throw new DocumentError(
    'unsupported_file',
    'Sluice cannot read what is in this file. Save it as PDF and upload that.',
  );
}
