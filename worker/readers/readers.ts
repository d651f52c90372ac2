import type { Env } from '#lib/env.ts';
import type { Page } from '#lib/extraction/page.ts';
import { DocumentError } from '#lib/failures.ts';
import { type FileType, fileTypes } from '#lib/files/types.ts';
import type { Logger } from '#lib/log.ts';
import { recognisePage } from './ocr/page.ts';
import { chooseOcr } from './ocr/settings.ts';
import { openTesseractJs } from './ocr/tesseract-js.ts';
import type { FileToRead, PageRange } from './reader.ts';
import { readerFor } from './registry.ts';

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
  renderPage(file: FileToRead, pageNum: number, options: { dpi: number }, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens the readers of this worker. */
export function openReaders(env: Env, _log: Logger): Readers {
  const ocr = chooseOcr('js', env.OCR_LANGUAGES);
  let tesseract: ReturnType<typeof openTesseractJs> | null = null;
  return {
    isolation: 'none',
    versionOf(type) {
      const { version } = readerFor(type);
      const { family } = fileTypes[type];
      return family === 'pdf' || family === 'image' ? `${version} ${ocr.version}` : version;
    },
    countPages: (file) => readerFor(file.type).countPages(file),
    readPages: (file, range) =>
      readerFor(file.type).readPages(file, range, async (page) => {
        tesseract ??= openTesseractJs(ocr.languages);
        return recognisePage(page, await tesseract);
      }),
    async renderPage(file, pageNum, { dpi }) {
      const { renderPage } = readerFor(file.type);
      if (!renderPage) throw new DocumentError('unsupported_file', 'Only PDF files and images have page images.');
      return renderPage(file, pageNum, dpi);
    },
    close: async () => undefined,
  };
}
