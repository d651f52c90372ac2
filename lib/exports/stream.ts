import type { SessionTarget } from '#lib/sessions/target.ts';
import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { csvExport } from '#lib/core/export/csv-zip.ts';
import { utf8 } from '#lib/core/export/gather.ts';
import type { Exported } from '#lib/core/export/input.ts';
import { jsonExport } from '#lib/core/export/json.ts';
import { type Manifest, openManifest } from '#lib/core/export/manifest.ts';
import { downloadName } from '#lib/core/export/names.ts';
import { maxRows, TooManyRows, xlsxExport } from '#lib/core/export/xlsx/workbook.ts';
import { loadSessions } from './load.ts';
import { type ExportPlan, planExport } from './plan.ts';
import type { ExportFormat, ExportOptions } from './query.ts';
import { openSpools, type Spools } from './spool.ts';

/** A download. */
export interface Export {
  name: string;
  mime: string;
  stream: ReadableStream<Uint8Array>;
}

const mimes: Record<ExportFormat, string> = {
  json: 'application/json',
  csv: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * Exports sessions with the values of their current runs, as they stand now. The bytes are made as they are taken, in flat
 * memory; whoever cancels the stream ends the work. `signal` ends it before there is a stream.
 * @throws RequestError 404 for sessions that do not exist, 409 when there are no values, 422 `too_many_rows`
 */
export async function exportSessions(
  { db, spoolDir }: Pick<Context, 'db' | 'spoolDir'>,
  { target, signal, ...options }: ExportOptions & { target: SessionTarget; signal: AbortSignal },
): Promise<Export> {
  const plan = await planExport(db, target);
  const spools = openSpools(spoolDir);
  const givenUp = new AbortController();
  const sessions = loadSessions(db, plan, AbortSignal.any([signal, givenUp.signal]));
  try {
    const bytes = await bytesOf(sessions, plan, { target, options, spools });
    return {
      name: nameOf(plan, target, options),
      mime: mimes[options.format],
      stream: streamOf(bytes, spools, givenUp),
    };
  } catch (error) {
    await spools.close();
    if (error instanceof TooManyRows) throw new TooManyRowsRefused(error);
    if (signal.aborted) throw new RequestError('invalid', 'cancelled', 'The export was cancelled', { cause: error });
    throw error;
  }
}

/** A workbook of more rows than it may have. */
class TooManyRowsRefused extends RequestError {
  override name = 'TooManyRowsRefused';

  constructor(cause: Error) {
    const most = maxRows.toLocaleString('en-US');
    super(
      'unprocessable',
      'too_many_rows',
      `This is more than the ${most} rows that an Excel export may have. Export it as CSV, which has no such limit, or choose fewer sessions`,
      { cause },
    );
  }

  override get details() {
    return { most_rows: maxRows, use_format: 'csv' };
  }
}

interface ExportState {
  target: SessionTarget;
  options: ExportOptions;
  spools: Spools;
}

async function bytesOf(
  sessions: AsyncIterable<Exported>,
  plan: ExportPlan,
  { target, options, spools }: ExportState,
): Promise<AsyncIterable<Uint8Array>> {
  const manifest = manifestOf(target, options);
  switch (options.format) {
    case 'json':
      return utf8(jsonExport(sessions, manifest, options));
    case 'csv':
      return csvExport(sessions, plan.schemas, manifest, spools.open);
    case 'xlsx':
      return xlsxExport(sessions, plan.schemas, manifest, spools.open);
  }
}

function manifestOf(target: SessionTarget, { format, isFull }: ExportOptions): Manifest {
  const of = 'ids' in target ? { sessions: target.ids.length } : { filter: target.filter };
  return openManifest({ format, detail: isFull ? 'full' : 'plain', of }, new Date());
}

/**
 * The temporary files go with the last byte, with an error, and when no one takes the rest. In the last case `givenUp` stops the
 * reading of sessions: rows that compress well may be a long time without a byte.
 */
function streamOf(
  bytes: AsyncIterable<Uint8Array>,
  spools: Spools,
  givenUp: AbortController,
): ReadableStream<Uint8Array> {
  const chunks = bytes[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        await spools.close();
        controller.close();
      } catch (error) {
        await spools.close();
        throw error;
      }
    },
    async cancel() {
      givenUp.abort();
      await chunks.return?.();
      await spools.close();
    },
  });
}

const endings: Record<ExportFormat, string> = { json: '.json', csv: '-csv.zip', xlsx: '.xlsx' };

function nameOf({ name, schemas }: ExportPlan, target: SessionTarget, { format }: ExportOptions): string {
  const [only, another] = schemas;
  const what = only && !another ? `${only.slug}-sessions` : 'sessions';
  const day = new Date().toISOString().slice(0, 10);
  const coversAllSessions = 'filter' in target && Object.values(target.filter).every((value) => value === undefined);
  return `${name === null ? `${coversAllSessions ? 'all-' : ''}${what}-${day}` : downloadName(name)}${endings[format]}`;
}
