import XLSX from '@e965/xlsx';
import { Decimal } from 'decimal.js';
import { plainDigits } from '#lib/core/normalise/digits.ts';
import type { CellValue } from '#lib/core/pages/page.ts';
import type { Cell } from './grid-page.ts';

type Row = (XLSX.CellObject | undefined)[];

/**
 * The rows of a sheet that have a cell with a value; a stated range may be a lie of a million rows. A cell that is merged
 * over several rows is part of each of them that has cells of its own.
 */
export function readCells(sheet: XLSX.WorkSheet, is1904: boolean): Cell[][] {
  const merges = sheet['!merges'] ?? [];
  const spans = new Map(merges.map(({ s, e }) => [`${s.r}/${s.c}`, e.c - s.c + 1]));
  const data: Row[] = sheet['!data'] ?? [];
  const rows = new Map<number, Cell[]>();
  data.forEach((cells, row) => {
    const found = cells.flatMap((cell, column): Cell[] => {
      const typed = cell ? valueOf(cell, is1904) : null;
      const text = cell ? displayed(cell, typed) : '';
      if (text === '') return [];
      const span = spans.get(`${row}/${column}`);
      return [{ row, column, text, ...(span ? { span } : {}), ...(typed ? { typed } : {}) }];
    });
    if (found.length > 0) rows.set(row, found);
  });
  for (const { s, e } of merges) fillDown(rows, s, e.r);
  return [...rows.values()];
}

function fillDown(rows: Map<number, Cell[]>, from: XLSX.CellAddress, lastRow: number): void {
  const cell = rows.get(from.r)?.find(({ column }) => column === from.c);
  if (!cell) return;
  for (const [row, cells] of rows) {
    if (row <= from.r || row > lastRow) continue;
    rows.set(
      row,
      [...cells, { ...cell, row }].toSorted((a, b) => a.column - b.column),
    );
  }
}

/** So many digits of a number a workbook keeps. */
const keptDigits = 15;

/**
 * The cell's text in its number format. Where it has none of its own, a number keeps its digits: no `1.23457E+11`. Where
 * the library does not know the format of a date, such as `dd.mm.yyyy hh:mm`, it is one in ISO 8601, not the number of days.
 */
function displayed(cell: XLSX.CellObject, typed: CellValue | null): string {
  if (cell.t === 'z') return '';
  if (typed?.kind === 'date' && typeof cell.v === 'number' && Number(cell.w ?? cell.v) === cell.v)
    return [typed.value, ...timeOf(cell.v)].join(' ');
  const isGeneral = cell.z === undefined || cell.z === 'General';
  if (isGeneral && typeof cell.v === 'number' && /E[+-]\d+$/.test(cell.w ?? '')) return digitsOf(cell.v);
  return (cell.w ?? String(cell.v ?? '')).trim();
}

/** What a cell holds, in no locale; null for text. A share in per cent is its number of per cent. */
function valueOf({ t, v, z }: XLSX.CellObject, is1904: boolean): CellValue | null {
  if (v instanceof Date) return { kind: 'date', value: v.toISOString().slice(0, 10) };
  if (t !== 'n' || typeof v !== 'number') return null;
  const format = String(z ?? 'General');
  if (XLSX.SSF.is_date(format)) {
    const day = dayOf(v, is1904);
    return day ? { kind: 'date', value: day } : null;
  }
  const isPercent = /%/.test(format.replace(/"[^"]*"/g, ''));
  return { kind: 'number', value: digitsOf(isPercent ? new Decimal(v).times(100) : v) };
}

function digitsOf(number: number | Decimal): string {
  return plainDigits(new Decimal(number).toSignificantDigits(keptDigits));
}

const minutesOfDay = 24 * 60;

/** The time of day that a serial number has, in a list of its own; none at midnight. */
function timeOf(serial: number): string[] {
  const minutes = Math.min(Math.round((serial % 1) * minutesOfDay), minutesOfDay - 1);
  if (minutes === 0) return [];
  return [[Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')];
}

/** The day of a serial number; null for a time of day alone. */
function dayOf(serial: number, date1904: boolean): string | null {
  if (serial < 1) return null;
  const date: { y: number; m: number; d: number } | null = XLSX.SSF.parse_date_code(serial, { date1904 });
  if (!date) return null;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(date.y).padStart(4, '0')}-${two(date.m)}-${two(date.d)}`;
}
