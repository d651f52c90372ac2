import type { CellObject } from 'sheetjs-style';

/** Where each style stands in the workbook's table of styles. */
export interface StyleIndices {
  plain: number;
  head: number;
  text: number;
  date: number;
  'date-time': number;
  time: number;
  number(decimals: number): number;
}

const maxDecimals = 15;
const decimalsShown = Array.from({ length: maxDecimals + 1 }, (_, decimals) => decimals);

interface Style {
  numFmt?: string;
  font?: object;
  fill?: object;
  border?: object;
  alignment?: object;
}

const head: Style = {
  font: { name: 'Calibri', sz: '12', bold: true, color: { rgb: 'FF27272A' } },
  fill: { patternType: 'solid', fgColor: { rgb: 'FFF4F4F5' } },
  border: { bottom: { style: 'thin', color: { rgb: 'FFA1A1AA' } } },
  alignment: { vertical: 'center' },
  numFmt: '@',
};

/** Text has the format of text, so that it stays what it is when somebody edits the cell. */
const styles: readonly Style[] = [
  head,
  { numFmt: '@' },
  { numFmt: 'yyyy-mm-dd' },
  { numFmt: 'yyyy-mm-dd hh:mm:ss' },
  { numFmt: 'hh:mm:ss' },
  ...decimalsShown.map((decimals) => ({ numFmt: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}` })),
];

/** A row with a cell of each style: where sheetjs-style put the styles is read from it (`readIndices`). */
export function styledCells(): CellObject[] {
  return styles.map((s) => ({ t: 'n', v: 0, s: { ...s } }));
}

/** Reads from the XML of that row where each style stands. */
export function readIndices(xml: string): StyleIndices {
  const found = [...xml.matchAll(/<c r="[A-Z]+1" s="(?<index>\d+)"/g)].map((cell) => Number(cell.groups?.index));
  if (found.length !== styles.length) throw new Error(`the workbook has ${found.length} of ${styles.length} styles`);
  const [headIndex = 0, text = 0, date = 0, dateTime = 0, time = 0, ...numbers] = found;
  return {
    plain: 0,
    head: headIndex,
    text,
    date,
    'date-time': dateTime,
    time,
    number: (decimals) => numbers[Math.min(decimals, maxDecimals)] ?? 0,
  };
}
