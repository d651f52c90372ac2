import { unzipSync, strFromU8 } from 'fflate';
import XLSX from 'sheetjs-style';
import { readIndices, styledCells, type StyleIndices } from './styles.ts';

/** A worksheet as the workbook lists it. */
export interface SheetHead {
  name: string;
  /** Of its columns, in characters. */
  widths: readonly number[];
}

/** All of a workbook but the rows of its sheets. */
export interface Frame {
  /** Files of the archive besides the sheets, in their order. */
  parts: { name: string; content: Uint8Array }[];
  sheets: { name: string; before: string; after: string }[];
}

/** The style indices of every workbook that `frameOf` makes. */
export function styleIndices(): StyleIndices {
  const parts = written([{ name: 'Sheet', widths: [] }]);
  return readIndices(strFromU8(parts[sheetPath(0)] ?? new Uint8Array()));
}

/**
 * A workbook made by sheetjs-style, opened where its rows go. It neither streams nor freezes rows: a workbook of 100,000
 * rows would stand in memory several times over, so rows are written beside it (`rowXml`).
 */
export function frameOf(sheets: readonly SheetHead[]): Frame {
  const parts = written(sheets);
  const paths = new Set(sheets.map((_, index) => sheetPath(index)));
  // Programs that look at the start of a file for its type find this part there.
  const first = '[Content_Types].xml';
  const others = Object.keys(parts).filter((name) => name !== first && !paths.has(name));
  return {
    parts: [first, ...others].map((name) => ({ name, content: parts[name] ?? new Uint8Array() })),
    sheets: [...paths].map((name) => ({ name, ...opened(strFromU8(parts[name] ?? new Uint8Array())) })),
  };
}

function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

/** Every sheet has the cells of all styles in its first row, so that each workbook has the same styles. */
function written(sheets: readonly SheetHead[]): Record<string, Uint8Array> {
  const workbook = XLSX.utils.book_new();
  for (const { name, widths } of sheets) {
    const sheet: XLSX.WorkSheet = {};
    const cells = styledCells();
    for (const [column, cell] of cells.entries()) sheet[XLSX.utils.encode_cell({ r: 0, c: column })] = cell;
    sheet['!ref'] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: { r: 0, c: cells.length - 1 } });
    if (widths.length > 0) sheet['!cols'] = widths.map((wch) => ({ wch }));
    XLSX.utils.book_append_sheet(workbook, sheet, name);
  }
  const bytes: Uint8Array = XLSX.write(workbook, { type: 'buffer', bookType: 'xlsx', ignoreEC: false });
  return unzipSync(bytes);
}

const frozen =
  '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>';

/** The XML of a sheet around its rows, the first of them frozen. */
function opened(xml: string): { before: string; after: string } {
  const [start, end] = [xml.indexOf('<sheetData>'), xml.indexOf('</sheetData>')];
  const view = '<sheetView workbookViewId="0"/>';
  if (start < 0 || end < 0 || !xml.includes(view)) throw new Error('sheetjs-style wrote a sheet of another form');
  const before = xml
    .slice(0, start)
    .replace(view, frozen)
    .replace(/<dimension [^<>]*\/>/, '');
  return { before: `${before}<sheetData>`, after: xml.slice(end) };
}
