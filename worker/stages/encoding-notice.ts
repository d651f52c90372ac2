import type { FileType } from '#lib/core/file-types.ts';
import type { ReadDocument } from './read.ts';

const textTypes: ReadonlySet<FileType> = new Set(['txt', 'md', 'csv', 'tsv', 'html']);

/** Says that a file does not name the encoding of its text, and which one was guessed; null when it was not. */
export async function encodingNotice(type: FileType, document: ReadDocument): Promise<string | null> {
  if (!textTypes.has(type)) return null;
  const { guessedEncoding } = await document.page(0);
  if (guessedEncoding === undefined) return null;
  return `The file does not name its text encoding; it was read as ${guessedEncoding}. If letters look wrong, save it as UTF-8 and upload that.`;
}
