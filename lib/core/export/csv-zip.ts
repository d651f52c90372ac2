import { textCell } from './cell.ts';
import { headingOf, type Table } from './columns.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { utf8 } from './gather.ts';
import type { Exported, ExportedSchema, OpenSpool, Spool } from './input.ts';
import type { Manifest } from './manifest.ts';
import { fileStem } from './names.ts';
import { problemHeading } from './problems.ts';
import { allTables, type Portion, tabulate, type Tables } from './tabulate.ts';
import { zipOf, type ZipEntry } from './zip.ts';

/** A CSV file of the archive. */
interface File {
  /** null for the problems. */
  table: Table | null;
  name: string;
  rows: number;
  /** Where its lines wait; null for the first file, whose lines go straight out. */
  spool: Spool | null;
}

/**
 * A ZIP of CSV files: the accounts of each schema, each of its lists, the problems, and `manifest.json`. The sessions are
 * read once: lines of the first file go out as they come, those of the others wait in spools.
 */
export async function* csvExport(
  sessions: AsyncIterable<Exported>,
  schemas: readonly ExportedSchema[],
  manifest: Manifest,
  openSpool: OpenSpool,
): AsyncGenerator<Uint8Array> {
  const tables = allTables(schemas);
  const files = await openFiles(tables, openSpool);
  yield* zipOf(entriesOf(files, tabulate(sessions, tables, manifest), manifest));
}

async function* entriesOf(
  files: readonly File[],
  portions: AsyncIterable<Portion>,
  manifest: Manifest,
): AsyncGenerator<ZipEntry> {
  for (const { name, spool } of files) {
    yield { name, content: spool ? spool.read() : utf8(firstLines(files, portions)) };
  }
  const told = { ...manifest, tables: files.map(({ name, rows }) => ({ name, rows })) };
  yield { name: 'manifest.json', content: utf8([`${JSON.stringify(told, null, 2)}\n`]) };
}

/** The lines of the first file; those of the others go to their spools on the way. */
async function* firstLines(files: readonly File[], portions: AsyncIterable<Portion>): AsyncGenerator<string> {
  for (const file of files) {
    const { keys } = file.table ? headingOf(file.table) : problemHeading;
    const line = `${byteOrderMark}${csvLine(keys.map(textCell))}`;
    if (file.spool) await file.spool.write(line);
    else yield line;
  }
  const byTable = new Map(files.map((file) => [file.table, file]));
  for await (const { table, rows } of portions) {
    const file = byTable.get(table);
    if (!file || rows.length === 0) continue;
    file.rows += rows.length;
    const lines = rows.map(csvLine).join('');
    if (file.spool) await file.spool.write(lines);
    else yield lines;
  }
}

async function openFiles(tables: Tables, openSpool: OpenSpool): Promise<File[]> {
  const taken = new Set(['problems', 'manifest']);
  const files: File[] = [];
  for (const [slug, own] of tables) {
    for (const table of own) {
      const name = `${fileStem(table.key ? `${slug} ${table.name}` : slug, taken)}.csv`;
      files.push({ table, name, rows: 0, spool: files.length > 0 ? await openSpool() : null });
    }
  }
  return [...files, { table: null, name: 'problems.csv', rows: 0, spool: await openSpool() }];
}
