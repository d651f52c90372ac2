import { DocumentError } from '#lib/failures.ts';
import type { FileToRead, Reader } from './reader.ts';
import { textPage } from './text-page.ts';

/** A reader of files that are lines of text; `read` gives the lines of each page. */
export function linesReader(version: string, read: (file: FileToRead) => Promise<string[][]>): Reader {
  const readAll = async (file: FileToRead) => {
    const pages = await read(file);
    if (pages.length === 0) throw new DocumentError('no_text_found', 'The file holds no text.');
    return pages;
  };
  return {
    version,
    countPages: async (file) => (await readAll(file)).length,
    async *readPages(file, { from, to }) {
      const pages = await readAll(file);
      for (const [index, lines] of pages.slice(from, to).entries()) yield textPage(from + index, lines);
    },
  };
}
