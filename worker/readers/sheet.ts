import XLSX from '@e965/xlsx';
import { Decimal } from 'decimal.js';
import { DocumentError } from '#lib/core/failures.ts';
import { plainDigits } from '#lib/core/normalise/digits.ts';
import { type Cell, gridPage, type GridPart, paginateRows } from './grid-page.ts';
import type { FileToRead, Reader } from './reader.ts';
import { contentOf } from './unlock.ts';

/** Reads workbooks of every Excel generation and OpenDocument: cells as displayed, hidden sheets marked. */
export const sheetReader: Reader = {
  version: 'sheet-3',
  countPages: async (file) => (await readParts(file)).length,
  async *readPages(file, { from, to }) {
    const parts = await readParts(file);
    for (const [index, part] of parts.slice(from, to).entries()) yield gridPage(from + index, part);
  },
};

async function readParts(file: FileToRead): Promise<GridPart[]> {
  const workbook = openWorkbook(await contentOf(file));
  const parts = workbook.SheetNames.flatMap((name, index) => {
    const sheet = workbook.Sheets[name];
    const isHidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0;
    return sheet ? paginateRows(isHidden ? `${name} (hidden)` : name, rowsOf(sheet)) : [];
  });
  if (parts.length === 0) throw new DocumentError('no_text_found', 'The workbook has no cell with a value.');
  return parts;
}

function openWorkbook(content: Buffer): XLSX.WorkBook {
  try {
    return XLSX.read(content, { dense: true, cellText: true, cellNF: true, cellHTML: false, cellFormula: false });
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

/** Only cells that exist: a sheet's stated range may be a lie of a million rows. */
function rowsOf(sheet: XLSX.WorkSheet): Cell[][] {
  const rows: Cell[][] = [];
  const spans = new Map((sheet['!merges'] ?? []).map(({ s, e }) => [`${s.r}/${s.c}`, e.c - s.c + 1]));
  const data: (XLSX.CellObject | undefined)[][] = sheet['!data'] ?? [];
  data.forEach((cells, row) => {
    const found: Cell[] = [];
    cells.forEach((cell, column) => {
      const text = cell ? displayed(cell) : '';
      const span = spans.get(`${row}/${column}`);
      if (text !== '') found.push({ row, column, text, ...(span ? { span } : {}) });
    });
    if (found.length > 0) rows.push(found);
  });
  return rows;
}

/** So many digits of a number a workbook keeps. */
const keptDigits = 15;

/** The cell's text in its number format. Where it has none of its own, a number keeps its digits: no `1.23457E+11`. */
function displayed(cell: XLSX.CellObject): string {
  if (cell.t === 'z') return '';
  const isGeneral = cell.z === undefined || cell.z === 'General';
  if (isGeneral && typeof cell.v === 'number' && /E[+-]\d+$/.test(cell.w ?? '')) {
    return plainDigits(new Decimal(cell.v).toSignificantDigits(keptDigits));
  }
  return (cell.w ?? String(cell.v ?? '')).trim();
}
