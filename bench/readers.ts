/**
 * `npm run bench -- readers [files…]`: how fast files are read, beside pdftotext and Tesseract in the same run where
 * those are installed. Without files, on ones that it makes.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pMap from 'p-map';
import pino from 'pino';
import { parseEnv } from '#lib/env.ts';
import { detectFileType } from '#lib/files/detect.ts';
import { bombs } from '#tests/bombs/bombs.ts';
import { outcomeOf } from '#tests/bombs/outcome.ts';
import { watchPeak } from '#tests/bombs/peak.ts';
import type { FileToRead } from '#worker/readers/reader.ts';
import { openReaders, type Readers } from '#worker/readers/readers.ts';
import { readerFor } from '#worker/readers/registry.ts';
import { bigWorkbook, printedPdf, scannedPage, smallText } from './files.ts';
import { besideProgram, best, timed } from './readers/timing.ts';

interface Row {
  what: string;
  ours: string;
  other: string;
  ratio: string;
  target: string;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
const rows: Row[] = [];
try {
  const given = process.argv.slice(2);
  const pdfs =
    given.length > 0
      ? given.filter((path) => path.endsWith('.pdf'))
      : [await put('printed-50-pages.pdf', await printedPdf(50))];
  const scans =
    given.length > 0
      ? given.filter((path) => /\.(png|jpe?g)$/.test(path))
      : [await put('scanned-a4.png', await scannedPage())];
  await withReaders('tesseract', 1, async (readers) => {
    for (const path of pdfs) await comparePdf(readers, path);
    await compareSmall(readers);
    await measureWorkbook(readers);
  });
  for (const engine of ['js', 'tesseract', 'paddle'] as const) {
    await withReaders(engine, 1, async (readers) => {
      for (const path of scans) await compareScan(readers, path);
    });
  }
  await withReaders('js', availableParallelism(), besideBombs);
  console.table(rows);
} finally {
  await rm(folder, { recursive: true });
}

/** PDF text against `pdftotext -bbox`. */
async function comparePdf(readers: Readers, path: string): Promise<void> {
  const file: FileToRead = { path, type: 'pdf' };
  const pages = await readers.countPages(file);
  const [ours, other] = await besideProgram(6, () => readAll(readers, file, pages), 'pdftotext', [
    '-bbox',
    path,
    join(folder, 'words.html'),
  ]);
  add(`PDF text, ms per page: ${basename(path)}, ${pages} pages`, ours / pages, other && other / pages, '≤ 3 ×');
}

/** OCR against the binary on one thread. */
async function compareScan(readers: Readers, path: string): Promise<void> {
  const file: FileToRead = { path, type: await detectFileType(path, basename(path)) };
  const [ours, other] = await besideProgram(5, () => readAll(readers, file, 1), 'tesseract', [
    path,
    'stdout',
    '--oem',
    '1',
    '-c',
    'tessedit_create_tsv=1',
  ]);
  const engine = readers.versionOf(file.type).split(' ').at(-1) ?? '';
  add(`OCR, ms per page: ${basename(path)}, ${engine}`, ours, other, engine.includes('js') ? '≤ 2.2 ×' : '≤ 1.15 ×');
}

/** What the sandbox adds to a small file. */
async function compareSmall(readers: Readers): Promise<void> {
  const file: FileToRead = { path: await put('small.txt', smallText()), type: 'txt' };
  const ours = await best(10, () => readAll(readers, file, 1));
  const reader = readerFor('txt');
  const inside = await best(10, async () => {
    for await (const page of reader.readPages(file, { from: 0, to: 1 }, notNeeded)) void page;
  });
  add('small text, ms in the sandbox against none', ours, inside, '+ 60 ms');
}

async function measureWorkbook(readers: Readers): Promise<void> {
  const file: FileToRead = { path: await put('400000-cells.xlsx', bigWorkbook()), type: 'xlsx' };
  const watch = watchPeak();
  const started = performance.now();
  const pages = await readers.countPages(file);
  await readAll(readers, file, Math.min(pages, 50));
  watch.stop();
  const ms = Math.round(performance.now() - started);
  rows.push({
    what: `400,000 cells, ${pages} pages counted, 50 read: ${ms} ms`,
    ours: `peak ${Math.round(watch.peakBytes() / 1e6)} MB`,
    other: '',
    ratio: '',
    target: '< 1 GiB',
  });
}

/** A good file alone, and while 20 bombs are read. */
async function besideBombs(readers: Readers): Promise<void> {
  const path = await put('beside.pdf', await printedPdf(20));
  const file: FileToRead = { path, type: 'pdf' };
  const alone = await best(3, () => readAll(readers, file, 20));
  const names = ['double-flate.pdf', 'endless-form.pdf', 'quotes.csv', 'deep-nesting.docx', 'huge-image.pdf'];
  const files = await Promise.all(
    names.map(async (name) => [name, await put(name, bombs.find((bomb) => bomb.name === name)?.make() ?? '')] as const),
  );
  const twenty = Array.from({ length: 20 / names.length }, () => files).flat();
  const times: number[] = [];
  let isOver = false;
  // As many at a time as a worker has other slots.
  const over = pMap(twenty, ([name, bomb]) => outcomeOf(readers, bomb, name), { concurrency: 4 }).then(
    () => (isOver = true),
  );
  while (!isOver) times.push(await timed(() => readAll(readers, file, 20)));
  await over;
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  add('20 pages beside 20 bombs (4 at a time), ms, against alone', median, alone, '≤ 2 ×');
}

async function withReaders(
  engine: 'js' | 'tesseract' | 'paddle',
  size: number,
  use: (readers: Readers) => Promise<void>,
): Promise<void> {
  const env = parseEnv({ DATA_DIR: join(folder, 'data'), OCR_ENGINE: engine, WORKER_READERS: String(size) });
  const readers = openReaders(env, pino({ level: 'silent' }));
  try {
    await use(readers);
  } finally {
    await readers.close();
  }
}

async function readAll(readers: Readers, file: FileToRead, pages: number): Promise<void> {
  for (let from = 0; from < pages; from += 50) {
    for await (const page of readers.readPages(file, { from, to: Math.min(pages, from + 50) })) void page;
  }
}

async function notNeeded(): Promise<never> {
  throw new Error('Text needs no OCR');
}

async function put(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function add(what: string, ours: number, other: number | null, target: string): void {
  rows.push({
    what,
    ours: ours.toFixed(1),
    other: other?.toFixed(1) ?? 'not installed',
    ratio: other ? (ours / other).toFixed(2) : '',
    target,
  });
}
