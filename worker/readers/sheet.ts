import XLSX from '@e965/xlsx';
import { DocumentError } from '#lib/core/failures.ts';
import { gridPage, type GridPart, paginateRows } from './grid-page.ts';
import { withNotices } from './notices.ts';
import type { FileToRead, Reader } from './reader.ts';
import { readCells } from './sheet-cells.ts';
import { sheetNotices } from './sheet-notices.ts';
import { contentOf } from './unlock.ts';

/** Reads workbooks of every Excel generation and OpenDocument: cells as displayed, with the values that they hold. */
export const sheetReader: Reader = {
  version: 'sheet-5',
  countPages: async (file) => (await readParts(file)).length,
  async *readPages(file, { from, to }) {
    const parts = await readParts(file);
    for (const [index, { notices, ...part }] of parts.slice(from, to).entries())
      yield withNotices(gridPage(from + index, part), notices);
  },
};

interface SheetPart extends GridPart {
  notices: string[];
}

async function readParts(file: FileToRead): Promise<SheetPart[]> {
  const workbook = openWorkbook(await contentOf(file));
  const parts = workbook.SheetNames.flatMap((name, index): SheetPart[] => {
    const sheet = workbook.Sheets[name];
    if (!sheet) return [];
    const isHidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0;
    const is1904 = workbook.Workbook?.WBProps?.date1904 === true;
    const notices = sheetNotices(name, sheet);
    const pages = paginateRows(isHidden ? `${name} (hidden)` : name, readCells(sheet, is1904));
    // What a sheet has to say is said once.
    return pages.map((part, page) => ({ ...part, notices: page === 0 ? notices : [] }));
  });
  if (parts.length === 0) throw new DocumentError('no_text_found', 'The workbook has no cell with a value.');
  return parts;
}

function openWorkbook(content: Buffer): XLSX.WorkBook {
  try {
    return XLSX.read(content, {
      dense: true,
      cellText: true,
      cellNF: true,
      cellHTML: false,
      cellFormula: true,
      cellStyles: true,
      sheetStubs: true,
    });
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}
