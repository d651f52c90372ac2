import { type Cell, countCell, textCell } from '../cell.ts';
import { headingOf, type Table } from '../columns.ts';
import { utf8 } from '../gather.ts';
import type { Exported, ExportedSchema, OpenSpool, Spool } from '../input.ts';
import type { Manifest } from '../manifest.ts';
import { cut, sheetName } from '../names.ts';
import { problemHeading, problemKinds } from '../problems.ts';
import { allTables, tabulate, type Tables } from '../tabulate.ts';
import { zipOf, type ZipEntry } from '../zip.ts';
import { type Frame, frameOf, styleIndices } from './workbook-skeleton.ts';
import { fitting, headXml, rowXml } from './sheet-xml.ts';
import type { StyleIndices } from './styles.ts';

/** Rows of accounts and lists in a workbook, all sheets together. */
export const maxRows = 100_000;
/** Rows of problems, which are cut instead of refused. */
const maxProblems = 100_000;

/** A workbook would have more rows than it may. */
export class TooManyRows extends Error {
  override name = 'TooManyRows';
}

interface Sheet {
  /** null for the problems. */
  table: Table | null;
  name: string;
  rows: number;
  widths: number[];
  spool: Spool;
}

/**
 * A workbook: a sheet of accounts for each schema, one for each of its lists, the problems, and what the export holds. All
 * rows are spooled before the first byte is given, so that a workbook that gets too large is refused as a whole.
 * @throws TooManyRows
 */
export async function xlsxExport(
  sessions: AsyncIterable<Exported>,
  schemas: readonly ExportedSchema[],
  manifest: Manifest,
  openSpool: OpenSpool,
): Promise<AsyncGenerator<Uint8Array>> {
  const styles = styleIndices();
  const tables = allTables(schemas);
  const sheets = await openSheets(schemas, tables, openSpool);
  const problems = await openSheet(null, 'Problems', problemHeading.labels, openSpool);
  const all = [...sheets, problems];
  for (const sheet of all) await sheet.spool.write(headXml(labelsOf(sheet), styles));
  let rows = 0;
  for await (const portion of tabulate(sessions, tables, manifest)) {
    const sheet = all.find(({ table }) => table === portion.table);
    if (!sheet) continue;
    if (sheet !== problems) rows += portion.rows.length;
    if (rows > maxRows) throw new TooManyRows(`the export has more than ${maxRows} rows`);
    await addRows(sheet, portion.rows, styles);
    if (sheet !== problems)
      await addRows(
        problems,
        portion.rows.flatMap((row) => cutTexts(sheet, row)),
        styles,
      );
  }
  const about = await openSheet(null, 'About this export', ['What', 'Value'], openSpool);
  await about.spool.write(headXml(['What', 'Value'], styles));
  await addRows(about, aboutRows(manifest, all), styles);
  return zipOf(entriesOf([...all, about]));
}

async function openSheets(schemas: readonly ExportedSchema[], tables: Tables, openSpool: OpenSpool): Promise<Sheet[]> {
  const taken = new Set(['problems', 'about this export']);
  const sheets: Sheet[] = [];
  for (const schema of schemas) {
    for (const table of tables.get(schema.slug) ?? []) {
      const isAlone = schemas.length === 1 || table.key === '';
      const name = sheetName(isAlone ? table.label : `${cut(schema.name, 14)} – ${table.label}`, taken);
      sheets.push(await openSheet(table, name, headingOf(table).labels, openSpool));
    }
  }
  return sheets;
}

async function openSheet(
  table: Table | null,
  name: string,
  labels: readonly string[],
  openSpool: OpenSpool,
): Promise<Sheet> {
  return { table, name, rows: 0, widths: labels.map((label) => widthOf(label.length)), spool: await openSpool() };
}

function labelsOf({ table }: Sheet): string[] {
  return table ? headingOf(table).labels : problemHeading.labels;
}

async function addRows(sheet: Sheet, rows: readonly Cell[][], styles: StyleIndices): Promise<void> {
  const room = sheet.table ? rows.length : Math.max(0, maxProblems - sheet.rows);
  const xml = rows.slice(0, room).map((row, index) => {
    for (const [column, cell] of row.entries()) {
      sheet.widths[column] = Math.max(sheet.widths[column] ?? 0, cell ? shownWidth(cell) : 0);
    }
    return rowXml(row, sheet.rows + index + 2, styles);
  });
  sheet.rows += xml.length;
  if (xml.length > 0) await sheet.spool.write(xml.join(''));
}

const [narrowest, widest] = [8, 48];

/** In characters, with some room beside the text. */
function widthOf(characters: number): number {
  return Math.min(widest, Math.max(narrowest, characters + 2));
}

function shownWidth(cell: NonNullable<Cell>): number {
  if (cell.kind === 'boolean') return widthOf(5);
  if (cell.kind !== 'number') return widthOf(cell.text.length);
  const digits = cell.number.toFixed(cell.decimals).length;
  return widthOf(digits + Math.floor((digits - cell.decimals - 1) / 3));
}

/** A problem for each text that is longer than a cell. */
function cutTexts({ name, table }: Sheet, row: readonly Cell[]): Cell[][] {
  return row.flatMap((cell, column) => {
    if (cell?.kind !== 'text' || fitting(cell.text) === cell.text) return [];
    const label = table ? (headingOf(table).labels[column] ?? null) : null;
    const detail = `${cell.text.length} characters, more than a cell holds: it is cut in the sheet ${name}, and whole in JSON and CSV.`;
    const session = row[0] ?? null;
    return [[textCell(problemKinds.cut), textCell(detail), session, null, null, null, textCell(label)]];
  });
}

function aboutRows({ made_at, complete, counts, of }: Manifest, sheets: readonly Sheet[]): Cell[][] {
  const { by_status, ...numbers } = counts;
  const problems = sheets.find(({ table }) => table === null);
  return [
    [textCell('made_at'), textCell(made_at)],
    [textCell('of'), textCell(JSON.stringify(of))],
    [textCell('complete'), { kind: 'boolean', boolean: complete }],
    ...Object.entries(numbers).map(([what, number]) => [textCell(what), countCell(number)]),
    ...Object.entries(by_status).map(([status, number]) => [textCell(`sessions ${status}`), countCell(number)]),
    ...sheets.map(({ name, rows }) => [textCell(`rows of ${name}`), countCell(rows)]),
    ...(problems && problems.rows >= maxProblems
      ? [[textCell('problems'), textCell(`More than ${maxProblems}: all of them are in the CSV export.`)]]
      : []),
  ];
}

async function* entriesOf(sheets: readonly Sheet[]): AsyncGenerator<ZipEntry> {
  const frame: Frame = frameOf(sheets);
  for (const { name, content } of frame.parts) yield { name, content: once(content) };
  for (const [index, { name, before, after }] of frame.sheets.entries()) {
    const rows = sheets[index]?.spool;
    if (rows) yield { name, content: around(before, rows.read(), after) };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* around(before: string, rows: AsyncIterable<Uint8Array>, after: string): AsyncGenerator<Uint8Array> {
  yield* utf8([before]);
  yield* rows;
  yield* utf8([after]);
}
