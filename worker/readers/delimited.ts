import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { DocumentError } from '#lib/core/failures.ts';
import { detectDelimiter } from '#lib/files/detect-text.ts';
import { decodeText, withEncoding } from './decode.ts';
import { gridPage, type GridPart, paginateRows } from './grid-page.ts';
import type { FileToRead, Reader } from './reader.ts';

/** Reads CSV and TSV: the delimiter and the encoding are told by the content. */
export const delimitedReader: Reader = {
  version: 'delimited-3',
  countPages: async (file) => (await readParts(file)).parts.length,
  async *readPages(file, { from, to }) {
    const { parts, guessed } = await readParts(file);
    for (const [index, part] of parts.slice(from, to).entries())
      yield withEncoding(gridPage(from + index, part), guessed);
  },
};

interface Parts {
  parts: GridPart[];
  /** The encoding, where it was guessed. */
  guessed: string | null;
}

async function readParts(file: FileToRead): Promise<Parts> {
  const { text, guessed } = decodeText(await readFile(file.path));
  const delimiter = detectDelimiter(text.slice(0, 64 * 1024)) ?? (file.type === 'tsv' ? '\t' : ',');
  const { data } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' });
  const rows = data.map((cells, row) =>
    cells.flatMap((cell, column) => (cell.trim() === '' ? [] : { row, column, text: cell.trim() })),
  );
  const parts = paginateRows(
    '',
    rows.filter((row) => row.length > 0),
  );
  if (parts.length === 0) throw new DocumentError('no_text_found', 'The file has no cell with a value.');
  return { parts, guessed };
}
