import { DocumentError } from '#lib/core/failures.ts';
import { type FileFamily, type FileType, fileTypes } from '#lib/core/file-types.ts';
import { delimitedReader } from './delimited.ts';
import { imageReader } from './ocr/image.ts';
import { pdfReader } from './pdf/reader.ts';
import type { Reader } from './reader.ts';
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

/** Stands for whatever is inside until it is unlocked. */
const lockedReader: Reader = {
  version: `locked ${wordReader.version} ${sheetReader.version}`,
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
  if (family !== 'text') return byFamily[family];
  if (type === 'html') return htmlReader;
  if (type === 'xml') return xmlReader;
  return type === 'eml' || type === 'msg' ? mailReader : textReader;
}
