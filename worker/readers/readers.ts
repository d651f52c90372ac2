import { join } from 'node:path';
import type { Env } from '#lib/env.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { type FileType, fileTypes } from '#lib/core/file-types.ts';
import type { Logger } from '#lib/log.ts';
import { inOrder } from './in-order.ts';
import { chooseOcr } from './ocr/settings.ts';
import type { FileToRead, HeldFile, PageRange } from './reader.ts';
import { readerFor } from './registry.ts';
import { admittedVersion } from './sandbox/admit-page.ts';
import { openSandbox, type Sandbox } from './sandbox/sandbox.ts';

/** Everything that the worker knows about reading files. All calls throw DocumentError for a file that cannot be read. */
export interface Readers {
  /** How well the reading is walled off, such as `bwrap+prlimit+permission`. */
  isolation: string;
  /** Part of the cache key of a file's pages: reader, OCR engine and languages. */
  versionOf(type: FileType): string;
  countPages(file: FileToRead, signal?: AbortSignal): Promise<number>;
  /** The pages of a range of at most 50, in order. */
  readPages(file: FileToRead, range: PageRange, signal?: AbortSignal): AsyncIterable<Page>;
  /** A page as a PNG. */
  renderPageImage(
    file: FileToRead,
    pageNum: number,
    options: { dpi: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array>;
  /** Whether a file of this kind may hold others. */
  mayHoldFiles(type: FileType): boolean;
  /** The files that a file holds, none larger than `maxBytes`. */
  unpack(file: FileToRead, maxBytes: number, signal?: AbortSignal): AsyncIterable<HeldFile>;
  close(): Promise<void>;
}

/**
 * Opens the readers of this worker.
 * @throws EnvError when an OCR language is not installed
 */
export function openReaders(env: Env, log: Logger): Readers {
  const ocr = chooseOcr(env.OCR_ENGINE, env.OCR_LANGUAGES);
  const { WORKER_READERS: size, PDF_READER: pdfReader } = env;
  const asked = (file: FileToRead): FileToRead => ({ ...file, pdfReader });
  const sandbox = openSandbox({ size, folder: join(env.DATA_DIR, 'work'), ocr, log });
  return {
    isolation: sandbox.isolation,
    versionOf(type) {
      const reader = type === 'pdf' ? `${readerFor(type).version} ${pdfReader}` : readerFor(type).version;
      const version = `${reader} ${admittedVersion}`;
      return mayNeedOcr(type) ? `${version} ${ocr.version}` : version;
    },
    countPages: (file, signal) => sandbox.countPages(asked(file), signal),
    readPages: (file, range, signal) => readPages(sandbox, size, asked(file), range, signal),
    renderPageImage: (file, pageNum, { dpi }, signal) => sandbox.renderPageImage(asked(file), pageNum, dpi, signal),
    mayHoldFiles: (type) => readerFor(type).unpack !== undefined,
    unpack: (file, maxBytes, signal) => sandbox.unpack(file, maxBytes, signal),
    close: () => sandbox.close(),
  };
}

function mayNeedOcr(type: FileType): boolean {
  const { family } = fileTypes[type];
  return family === 'pdf' || family === 'image' || family === 'word' || type === 'eml' || type === 'msg';
}

/** Pages with text as they are read; from the first that must be recognised on, in order and beside each other. */
async function* readPages(
  sandbox: Sandbox,
  concurrency: number,
  file: FileToRead,
  range: PageRange,
  signal?: AbortSignal,
): AsyncGenerator<Page, void> {
  const held: HeldPage[] = [];
  if (fileTypes[file.type].family === 'image') {
    for (let pageNum = range.from; pageNum < range.to; pageNum++) held.push({ pageNum, page: null });
  } else {
    for await (const { page, deferred } of sandbox.readPages(file, range, signal)) {
      if (deferred || held.length > 0) held.push({ pageNum: page.pageNum, page: deferred ? null : page });
      else yield page;
    }
  }
  const recognise = async ({ page, pageNum }: HeldPage, stop: AbortSignal) =>
    page ?? (await sandbox.recognisePage(file, pageNum, stop));
  // Twice as many as there are processes: none idles while a slow page holds the next ones up.
  yield* inOrder(held, concurrency * 2, recognise, signal);
}

interface HeldPage {
  pageNum: number;
  /** Null when it must be recognised. */
  page: Page | null;
}
