import { readFile } from 'node:fs/promises';
import { paginate } from '../blocks.ts';
import { blocksReader } from '../blocks-reader.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { rtfHtml } from './rtf-html.ts';

/** Reads Rich Text files: text, tables, headers and footers; what is hidden or was deleted is left out. */
export const richTextReader = blocksReader('rtf-1', async ({ path }) => {
  return { pages: paginate(htmlBlocks(rtfHtml(await readFile(path, 'latin1')))) };
});
