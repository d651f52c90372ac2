import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { DocumentError } from '#lib/core/failures.ts';
import { detectDelimiter, separatorLine } from '#lib/files/delimiter.ts';
import { decodeText, withEncoding } from './decode.ts';
import { type Cell, gridPage, type GridPart, paginateRows } from './grid-page.ts';
import type { FileToRead, Reader } from './reader.ts';

/** Reads CSV and TSV: delimiter and encoding are found from the content. */
export const delimitedReader: Reader = {
  version: 'delimited-5',
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

const sampleLength = 64 * 1024;

async function readParts(file: FileToRead): Promise<Parts> {
  const { text: decoded, guessed } = decodeText(await readFile(file.path));
  // Excel for the Mac can end lines as Macs once did.
  const text = decoded.includes('\n') ? decoded : decoded.replaceAll('\r', '\n');
  const delimiter = detectDelimiter(text.slice(0, sampleLength)) ?? (file.type === 'tsv' ? '\t' : ',');
  const { data } = Papa.parse<string[]>(text.replace(separatorLine, ''), { delimiter, skipEmptyLines: 'greedy' });
  const rows = data.map(cellsOf).filter((row) => row.length > 0);
  const parts = paginateRows('', rows);
  if (parts.length === 0) throw new DocumentError('no_text_found', 'The file has no cell with a value.');
  return { parts, guessed };
}

function cellsOf(texts: readonly string[], row: number): Cell[] {
  return texts.map(shownText).flatMap((text, column) => (text === '' ? [] : [{ row, column, text }]));
}

/** Programs write `="0012"` so that Excel keeps the zeros of a text. */
function shownText(cell: string): string {
  const text = cell.trim();
  return /^="(?<text>[^"]*)"$/.exec(text)?.groups?.text?.trim() ?? text;
}
