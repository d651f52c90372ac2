import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import type { ExportedSession, ExportedSchema, OpenSpool } from '#lib/core/export/input.ts';
import { type Manifest, openManifest } from '#lib/core/export/manifest.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import { parsePath } from '#lib/core/fields/path.ts';

/** All of a stream or of an iterable. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const taken = [];
  for await (const chunk of chunks) taken.push(chunk);
  return Buffer.concat(taken);
}

/** The files of a ZIP archive. */
export function unzip(bytes: Uint8Array): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content)]));
}

/** The records of a CSV file by an independent reader, as text, the heading first; the guard of formulas taken away. */
export function readCsv(bytes: Uint8Array): string[][] {
  const { data, errors } = Papa.parse<string[]>(Buffer.from(bytes).toString('utf8'), {
    newline: '\r\n',
    delimiter: ',',
  });
  if (errors.length > 0) throw new Error(`not a CSV file: ${JSON.stringify(errors[0])}`);
  const last = data.pop();
  if (last?.length !== 1 || last[0] !== '') throw new Error('the last line has no end');
  return data.map((record) => record.map((field) => (field.startsWith("'") ? field.slice(1) : field)));
}

/** The rows of each sheet by an independent reader, the heading first. */
export async function readSheets(bytes: Buffer): Promise<Map<string, unknown[][]>> {
  const sheets = await readXlsxFile(bytes, { trim: false });
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
}

/** Records as objects by their heading. */
export function records<T>([heading = [], ...rows]: readonly (readonly T[])[]): Record<string, T>[] {
  return rows.map((row) => Object.fromEntries(row.map((value, column) => [String(heading[column]), value])));
}

/** Spools in memory. */
export const memorySpool: OpenSpool = async () => {
  const held: string[] = [];
  return {
    write: async (text) => void held.push(text),
    read: async function* () {
      yield Buffer.from(held.join(''));
    },
  };
};

export function manifestOf(format: string): Manifest {
  return openManifest({ format, detail: 'plain', of: {} }, new Date('2025-06-01T10:00:00Z'));
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** A schema with these properties. */
export function schemaOf(name: string, properties: object, required: string[] = []): ExportedSchema {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const definition = parseDefinition({ name, slug, fields: { type: 'object', required, properties } });
  return { slug, name, versions: [definition] };
}

/** A value as it is kept, found unless said otherwise. */
export function valueOf(path: string, value: Value['value'], more: Partial<Value> = {}): Value {
  const raw = value === null ? null : String(value);
  const empty = { evidence: null, trust: 1, signals: [], checks: [] };
  return {
    path: parsePath(path) ?? [path],
    label: path,
    type: 'string',
    value,
    raw,
    state: 'found',
    ...empty,
    ...more,
  };
}

/** A session of one document with an account for each list of values. */
export function sessionOf(
  schema: ExportedSchema,
  accounts: readonly (readonly Value[])[],
  more: Partial<ExportedSession> = {},
): ExportedSession {
  const [definition] = schema.versions;
  if (!definition) throw new Error('the schema has no version');
  return {
    id: '019a0000-0000-7000-8000-000000000001',
    name: 'packet.pdf',
    schema: { slug: schema.slug, name: schema.name, version: 1 },
    run: 1,
    status: 'in_progress',
    partial: false,
    needs_attention: 0,
    failure: null,
    created_at: '2025-06-01T09:00:00.000Z',
    finished_at: '2025-06-01T09:01:00.000Z',
    documents: [{ id: 'd1', name: 'packet.pdf', status: 'completed', pages_total: 3, pages_failed: 0, failure: null }],
    failedPages: [],
    accounts: accounts.map((leaves, index) => ({
      document_id: 'd1',
      account_index: index,
      account_number: null,
      pages: [0],
      boundaries: [],
      data: toRecord(leaves),
      fields: [],
      leaves,
    })),
    definition,
    ...more,
  };
}
