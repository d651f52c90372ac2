/**
 * `npm run bench -- long-files [text pages] [scanned pages]`: a long text PDF and a long scan (2,000 and 300 pages when
 * not given), each read by a worker that is killed in the middle and by the one that takes over. Tells which pages were
 * read twice. A number of 0 leaves a file out.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { discard, spool } from '#lib/files/spool.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { watchPeak } from '#tests/bombs/peak.ts';
import { until } from '#tests/support/context.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';
import { printedPdf, scannedPdf } from './files.ts';
import { onGround } from './pipeline/ground.ts';
import { putOrders } from './pipeline/orders.ts';

const patience = 40 * 60_000;
const settings = { LOG_LEVEL: 'info', WORKER_READERS: String(availableParallelism()) };
const logged = z.object({ msg: z.literal('pages read'), read: z.number(), ms: z.number() });

const [textPages = 2000, scannedPages = 300] = process.argv.slice(2).map(Number);
const found: Record<string, Record<string, string | number>> = {};
if (textPages > 0) found.text = await measure('text', textPages, await printedPdf(textPages));
if (scannedPages > 0) found.scan = await measure('scan', scannedPages, await scannedPdf(scannedPages));
// A file to a column.
const lines = [...new Set(Object.values(found).flatMap((row) => Object.keys(row)))];
console.table(
  Object.fromEntries(
    lines.map((line) => [line, Object.fromEntries(Object.entries(found).map(([what, row]) => [what, row[line]]))]),
  ),
);

async function measure(what: string, pages: number, pdf: Uint8Array) {
  return onGround(async ({ context, dataDir }) => {
    await putOrders(context, 'builtin');
    const peak = watchPeak();
    const first = await startWorkerProcess(context, settings);
    const started = performance.now();
    const id = await upload(context, `${what}.pdf`, pdf);
    await until(
      async () => keptPages(dataDir),
      (kept) => kept >= pages * 0.4,
      patience,
    );
    await first.kill();
    const [killed, kept] = [performance.now(), keptPages(dataDir)];

    const told = Promise.withResolvers<z.output<typeof logged>>();
    const second = await startWorkerProcess(context, settings, (line) => {
      const parsed = logged.safeParse(JSON.parse(line));
      if (parsed.success) told.resolve(parsed.data);
    });
    const { read, ms } = await told.promise;
    const allRead = performance.now();
    const { status } = await until(
      () => getSession(context, id),
      (session) => session.status !== 'processing',
      patience,
    );
    const ended = performance.now();
    await second.stop();
    peak.stop();
    return {
      pages,
      'file, MB': Math.round(pdf.length / 1e5) / 10,
      'kept at the kill': kept,
      'read after it': read,
      'kept pages read again': kept + read - pages,
      'taken over after, s': seconds(allRead - ms - killed),
      'ms per page': Math.round((killed - started + ms) / pages),
      'all read, s': seconds(allRead - started),
      'ended as': status,
      'ended after, s': seconds(ended - started),
      'peak of a process, MB': Math.round(peak.peakBytes() / 1e6),
    };
  }, {});
}

async function upload(context: Context, name: string, pdf: Uint8Array): Promise<string> {
  const file = await spool(context.spoolDir, name, Readable.from([pdf]), { maxBytes: 1e9 });
  try {
    return await createSession(context, { files: [file], schema: 'order' });
  } finally {
    await discard([file]);
  }
}

/** Pages whose words lie in the storage. */
function keptPages(dataDir: string): number {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /ocr_cache\/.*page_\d+\.json$/.test(path),
  ).length;
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
