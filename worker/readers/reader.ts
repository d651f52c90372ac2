import type { Page } from '#lib/core/pages/page.ts';
import type { FileType } from '#lib/core/file-types.ts';
import type { PdfReaderName } from '#lib/env.ts';

export interface FileToRead {
  /** An absolute path; the reader opens nothing else. */
  path: string;
  type: FileType;
  /** What a person gave to open it; never written anywhere. */
  password?: string | undefined;
  /** What reads it when it is a PDF; `auto` where nothing is said. */
  pdfReader?: PdfReaderName;
  /** What was in it once it was decrypted: read instead of what is at `path`. */
  content?: Buffer;
}

export interface PageRange {
  /** 0-based, inclusive. */
  from: number;
  /** 0-based, exclusive. */
  to: number;
}

/** A picture in memory, rows from the top, without padding. */
export interface Bitmap {
  width: number;
  height: number;
  /** 1: grey; 4: red, green, blue, alpha. */
  channels: 1 | 4;
  data: Uint8Array | Uint8ClampedArray;
}

/** A page that has no usable text of its own and must be recognised. */
export interface PageToRecognise extends Pick<Page, 'pageNum' | 'kind' | 'width' | 'height' | 'title'> {
  /** What stands on the page. `dpi` is 72 per unit of `width`; a picture of fixed size ignores it. */
  render(dpi: number): Promise<Bitmap>;
}

/** A file that another one holds. */
export interface HeldFile {
  name: string;
  content: Uint8Array | HeldProblem;
  /** Whether the file that holds it is but its wrapping, as a mail is. */
  isCovered: boolean;
}

/** Why a file in another is not given: no person would open it, it cannot be unpacked, or is larger than allowed. */
export const heldProblems = ['no_document', 'damaged', 'too_large'] as const;
export type HeldProblem = (typeof heldProblems)[number];

/** Recognises a page by OCR; it is rendered only when it is really recognised. Boxes are fractions of the page. */
export type RecognisePage = (page: PageToRecognise) => Promise<Page>;

/**
 * Turns files of one family into pages of words with boxes.
 * All calls throw DocumentError (`corrupt_file`, `encrypted_file`, `too_complex`, …) for a file that cannot be read.
 */
export interface Reader {
  /** Part of the cache key of its pages: changes whenever the same file would give other pages. */
  version: string;
  /** How many pages the file has. */
  countPages(file: FileToRead): Promise<number>;
  /** The pages of a range of at most 50, in order; pages without usable text are given to `recognise`. */
  readPages(file: FileToRead, range: PageRange, recognise: RecognisePage): AsyncIterable<Page>;
  /** The files that it holds, in order, for kinds that hold some: each may be a document of its own. */
  unpack?(file: FileToRead, maxBytes: number): AsyncIterable<HeldFile>;
  /** A page as a PNG, for kinds that look like something: PDF and images. */
  renderPageImage?(file: FileToRead, pageNum: number, dpi: number): Promise<Uint8Array>;
}
