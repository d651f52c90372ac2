import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Page } from '#lib/core/pages/page.ts';
import { DocumentError } from '#lib/core/failures.ts';
import type { Logger } from '#lib/log.ts';
import { temporaryFolder } from '#lib/temporary.ts';
import type { OcrSettings } from '../ocr/settings.ts';
import { runNative } from '../ocr/tesseract-native.ts';
import type { FileToRead, HeldFile, PageRange } from '../reader.ts';
import { findIsolation } from './isolation.ts';
import { openPool } from './pool.ts';
import { type Helper, startReaderProcess, type ReaderReport } from './process.ts';
import type { ReaderCall } from './protocol.ts';

/** Readers in disposable processes. All calls throw DocumentError for a file that cannot be read. */
export interface Sandbox {
  isolation: string;
  countPages(file: FileToRead, signal?: AbortSignal): Promise<number>;
  /** Pages in order; those without usable text are empty and `deferred`. */
  readPages(file: FileToRead, range: PageRange, signal?: AbortSignal): AsyncGenerator<ReadPage, void>;
  /** One page, recognised where it has no usable text. */
  recognisePage(file: FileToRead, pageNum: number, signal?: AbortSignal): Promise<Page>;
  renderPageImage(file: FileToRead, pageNum: number, dpi: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** The files that a file holds, none larger than `maxBytes`. */
  unpack(file: FileToRead, maxBytes: number, signal?: AbortSignal): AsyncGenerator<HeldFile, void>;
  close(): Promise<void>;
}

export interface ReadPage {
  page: Page;
  deferred: boolean;
}

export interface SandboxOptions {
  /** Processes at a time. */
  size: number;
  /** Where each process gets a folder of its own, removed with it. */
  folder: string;
  ocr: OcrSettings;
  log: Logger;
}

/** Opens the sandbox: the first process starts at once. */
export function openSandbox({ size, folder: root, ocr, log }: SandboxOptions): Sandbox {
  const isolation = findIsolation();
  const folder = temporaryFolder(root);
  mkdirSync(folder, { recursive: true });
  const pool = openPool(size, () => startReaderProcess(isolation, folder), log);
  const helper: Helper = async ({ segmentation, dpi, language }, pgm, signal) => {
    try {
      return await runNative(
        { segmentation, dpi, pgm, languages: language ?? ocr.languages },
        (command) => isolation.limited(command),
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      throw new DocumentError('too_complex', 'A page could not be recognised. Scan it again and upload that.', {
        cause: error,
      });
    }
  };

  /** Makes a call in a process of the pool; it goes back when all is answered, or no one takes the rest. */
  async function* ask(call: ReaderCall, urgent: boolean, signal?: AbortSignal): AsyncGenerator<ReaderReport, void> {
    const process = await pool.take(urgent, signal);
    try {
      yield* process.ask(call, helper, signal);
    } catch (error) {
      if (!signal?.aborted)
        log.warn({ call: call.call, type: call.file.type, ...about(error) }, 'a file could not be read');
      throw error;
    } finally {
      pool.give(process);
    }
  }

  async function* readPages(call: ReaderCall & { call: 'read' }, signal?: AbortSignal): AsyncGenerator<ReadPage, void> {
    const pages = ask(call, call.ocr === 'defer', signal);
    for await (const { answer } of pages) {
      if (answer.answer === 'page') yield { page: answer.page, deferred: answer.deferred };
    }
  }

  return {
    isolation: isolation.name,
    countPages: async (file, signal) => {
      const told = await lastOf(ask({ call: 'count', file }, true, signal));
      if (told?.answer.answer !== 'count') throw new Error('The pages were not counted');
      return told.answer.pages;
    },
    readPages: (file, range, signal) =>
      readPages({ call: 'read', file, ...range, ocr: 'defer', languages: '', others: [], paddle: 'never' }, signal),
    recognisePage: async (file, pageNum, signal) => {
      const { engine, languages, others, paddle } = ocr;
      const range = { from: pageNum, to: pageNum + 1 };
      const read = await lastOf(
        readPages({ call: 'read', file, ...range, ocr: engine, languages, others, paddle }, signal),
      );
      if (!read) throw new Error('The page was not recognised');
      return read.page;
    },
    renderPageImage: async (file, pageNum, dpi, signal) => {
      const told = await lastOf(ask({ call: 'render', file, pageNum, dpi }, true, signal));
      if (told?.answer.answer !== 'image') throw new Error('The page was not rendered');
      return told.body;
    },
    async *unpack(file, maxBytes, signal) {
      for await (const { answer, body } of ask({ call: 'unpack', file, maxBytes }, true, signal)) {
        if (answer.answer !== 'held') continue;
        const { name, problem, isCovered } = answer;
        yield { name, content: problem ?? body, isCovered };
      }
    },
    async close() {
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the log may say of a failure: nothing that could quote the file. */
function about(error: unknown): object {
  if (!(error instanceof DocumentError)) return { err: error };
  const cause = error.cause instanceof Error ? error.cause.message : error.cause;
  return { reason: error.reason, message: error.message, cause };
}

/** Takes all and keeps the last: a process whose answers are left lying is thrown away. */
async function lastOf<T>(all: AsyncIterable<T>): Promise<T | null> {
  let last: T | null = null;
  for await (const one of all) last = one;
  return last;
}
