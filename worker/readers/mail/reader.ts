import { readFile } from 'node:fs/promises';
import { DocumentError } from '#lib/core/failures.ts';
import { linesOf, paginate } from '../blocks.ts';
import { blocksReader } from '../blocks-reader.ts';
import { picturesWithText } from '../embedded-images.ts';
import type { FileToRead, Reader } from '../reader.ts';
import { bodyOf } from './body.ts';
import { parseEml } from './eml.ts';
import { heldFilesOf, type Letter } from './letter.ts';
import { parseMsg } from './msg.ts';

/**
 * Reads e-mails: their headers, their text, and the pictures shown in it that may hold text. The files that they carry
 * are documents of their own.
 */
export const mailReader: Reader = {
  ...blocksReader('mail-6', async (file) => {
    const letter = await letterOf(file);
    const pages = paginate([...linesOf([...letter.headers, '']), ...bodyOf(letter)]);
    const pictures = letter.enclosures.filter(({ isPicture }) => isPicture).map(({ content }) => content);
    return { pages, images: picturesWithText(pictures, pages) };
  }),
  async *unpack(file) {
    yield* heldFilesOf(await letterOf(file));
  },
};

async function letterOf({ path, type }: FileToRead): Promise<Letter> {
  const content = await readFile(path);
  try {
    return type === 'msg' ? parseMsg(content) : await parseEml(content);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}
