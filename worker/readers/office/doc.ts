import WordExtractor from 'word-extractor';
import { DocumentError } from '#lib/core/failures.ts';
import { type Block, linesOf, paginate, type TableRow } from '../blocks.ts';
import { blocksReader } from '../blocks-reader.ts';
import { contentOf } from '../unlock.ts';

/** Reads Word 97–2003 documents: header, text, notes, text boxes and footer. Rows of tables are lines with tabs. */
export const oldWordReader = blocksReader('doc-1', async (file) => {
  const text = await textOf(await contentOf(file));
  const pages = text.body.split('\f').flatMap((part) => paginate(blocksOf(part)));
  const [header, footer] = [linesOf(linesIn(text.header)), linesOf(linesIn(text.footer))];
  const behind = paginate(blocksOf([text.boxes, text.notes].filter((part) => part.trim() !== '').join('\n')));
  return { pages: [...pages, ...behind].map((blocks) => [...header, ...blocks, ...footer]) };
});

async function textOf(content: Buffer) {
  try {
    const document = await new WordExtractor().extract(content);
    return {
      body: document.getBody(),
      header: document.getHeaders({ includeFooters: false }),
      footer: document.getFooters(),
      notes: `${document.getFootnotes()}\n${document.getEndnotes()}`,
      boxes: document.getTextboxes({ includeHeadersAndFooters: true, includeBody: true }),
    };
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

function linesIn(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Lines, and rows that follow each other as a table. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let rows: string[][] = [];
  const flush = () => {
    if (rows.length > 0) blocks.push({ kind: 'table', rows: tableOf(rows) });
    rows = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.includes('\t')) rows.push(line.replace(/\t$/, '').split('\t'));
    else {
      flush();
      blocks.push(...linesOf([line]));
    }
  }
  flush();
  return blocks;
}

/** Which columns a cell goes over is not known: a row with too few is one cell rather than cells in wrong columns. */
function tableOf(rows: readonly string[][]): TableRow[] {
  const width = Math.max(...rows.map((cells) => cells.length));
  return rows.map((cells): TableRow => {
    if (cells.length < width) return [{ column: 0, span: width, lines: [cells.map((cell) => cell.trim()).join(' ')] }];
    return cells.map((cell, column) => ({ column, span: 1, lines: [cell.trim()] }));
  });
}
