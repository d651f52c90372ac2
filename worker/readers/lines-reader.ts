import { DocumentError } from '#lib/core/failures.ts';
import type { FileToRead, Reader } from './reader.ts';
import { withEncoding } from './decode.ts';
import { textPage } from './text-page.ts';

export interface Lines {
  /** Of each page. */
  pages: string[][];
  guessedEncoding?: string | null;
}

/** A reader of files that are lines of text. */
export function linesReader(version: string, read: (file: FileToRead) => Promise<Lines>): Reader {
  const readAll = async (file: FileToRead) => {
    const lines = await read(file);
    if (lines.pages.length === 0) throw new DocumentError('no_text_found', 'The file holds no text.');
    return lines;
  };
  return {
    version,
    countPages: async (file) => (await readAll(file)).pages.length,
    async *readPages(file, { from, to }) {
      const { pages, guessedEncoding } = await readAll(file);
      for (const [index, lines] of pages.slice(from, to).entries()) {
        yield withEncoding(textPage(from + index, lines), guessedEncoding);
      }
    },
  };
}
