import type { Page } from '#lib/extraction/page.ts';
import type { FileType } from '#lib/files/types.ts';

export interface FileToRead {
  /** An absolute path; the reader opens nothing else. */
  path: string;
  type: FileType;
}

export interface PageRange {
  /** 0-based, inclusive. */
  from: number;
  /** 0-based, exclusive. */
  to: number;
}

/**
 * Turns files of one family into pages of words with boxes.
 * Both calls throw DocumentError (`corrupt_file`, `encrypted_file`, `too_complex`, …) for a file that cannot be read.
 */
export interface Reader {
  /** Part of the cache key of its pages: changes whenever the same file would give other pages. */
  version: string;
  /** How many pages the file has. */
  countPages(file: FileToRead): Promise<number>;
  /** The pages of a range of at most 50, in order. */
  readPages(file: FileToRead, range: PageRange): AsyncIterable<Page>;
}
