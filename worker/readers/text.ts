import { readFile } from 'node:fs/promises';
import { linesOf, paginate } from './blocks.ts';
import { blocksReader } from './blocks-reader.ts';
import { decodeText } from './decode.ts';
import { htmlBlocks } from './html-blocks.ts';

/** Reads plain text and Markdown as they stand. */
export const textReader = blocksReader('text-3', async (file) => {
  const { text, guessed } = decodeText(await readFile(file.path));
  const pages = text.split('\f').flatMap((part) => paginate(linesOf(part.split(/\r\n|\r|\n/))));
  return { pages, guessedEncoding: guessed };
});

export const htmlReader = blocksReader('html-4', async (file) => {
  const { text, guessed } = decodeText(await readFile(file.path), { isMarkup: true });
  return { pages: paginate(htmlBlocks(text)), guessedEncoding: guessed };
});
