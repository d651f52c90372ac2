import { DocumentError } from '#lib/core/failures.ts';
import { type FileFamily, type FileType, fileTypes } from '#lib/core/file-types.ts';
import { delimitedReader } from './delimited.ts';
import { imageReader } from './ocr/image.ts';
import { pdfReader } from './pdf/reader.ts';
import type { Reader } from './reader.ts';
import { oldWordReader } from './office/doc.ts';
import { bookReader } from './office/epub.ts';
import { odfReader } from './office/odf.ts';
import { slidesReader } from './office/pptx.ts';
import { richTextReader } from './office/rtf.ts';
import { sheetReader } from './sheet.ts';
import { mailReader } from './mail/reader.ts';
import { archiveReader } from './archive.ts';
import { htmlReader, textReader } from './text.ts';
import { wordReader } from './docx.ts';
import { xmlReader } from './xml.ts';

const byFamily: Record<Exclude<FileFamily, 'text' | 'encrypted'>, Reader> = {
  pdf: pdfReader,
  word: wordReader,
  sheet: sheetReader,
  delimited: delimitedReader,
  image: imageReader,
  archive: archiveReader,
};

/** Kinds that are read in a way of their own, whatever their family. */
const byType: Partial<Record<FileType, Reader>> = {
  doc: oldWordReader,
  rtf: richTextReader,
  odt: odfReader,
  odp: odfReader,
  pptx: slidesReader,
  epub: bookReader,
  html: htmlReader,
  xml: xmlReader,
  eml: mailReader,
  msg: mailReader,
};

/** Stands for whatever is inside until it is unlocked. */
const lockedReader: Reader = {
  version: `locked ${wordReader.version} ${sheetReader.version} ${slidesReader.version}`,
  countPages: async () => {
    throw new DocumentError('encrypted_file');
  },
  readPages: () => {
    throw new DocumentError('encrypted_file');
  },
};

export function readerFor(type: FileType): Reader {
  const { family } = fileTypes[type];
  if (family === 'encrypted') return lockedReader;
  return byType[type] ?? (family === 'text' ? textReader : byFamily[family]);
}
