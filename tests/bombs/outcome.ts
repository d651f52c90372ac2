import { DocumentError, failureReasons } from '#lib/core/failures.ts';
import { detectFileType } from '#lib/files/detect.ts';
import type { Readers } from '#worker/readers/readers.ts';

/** How many pages of a file are read before it counts as read. */
const enoughPages = 50;
const maxPages = 2000;
const maxFileBytes = 100 * 1024 * 1024;

/** What became of a file: `pages` or `files` when it was read, else why it was refused. */
export type Outcome = 'pages' | 'files' | (typeof failureReasons)[number];

/**
 * Takes a file the way that the pipeline does, and tells what became of it.
 * @throws anything that is not a DocumentError: no file may cause that
 */
export async function outcomeOf(
  readers: Readers,
  path: string,
  name: string,
): Promise<{ outcome: Outcome; message: string }> {
  try {
    const type = await detectFileType(path, name);
    if (type === 'zip') return { outcome: 'files', message: `${await countFiles(readers, path)}` };
    const pages = await readers.countPages({ path, type });
    if (pages > maxPages) throw new DocumentError('too_many_pages');
    const range = { from: 0, to: Math.min(pages, enoughPages) };
    let read = 0;
    for await (const page of readers.readPages({ path, type }, range)) read += page.pageNum >= 0 ? 1 : 0;
    return { outcome: 'pages', message: `${read} of ${pages}` };
  } catch (error) {
    if (error instanceof DocumentError) return { outcome: error.reason, message: error.message };
    throw error;
  }
}

/** How many files of an archive are given. */
async function countFiles(readers: Readers, path: string): Promise<number> {
  let given = 0;
  for await (const { content } of readers.unpack({ path, type: 'zip' }, maxFileBytes)) {
    if (typeof content !== 'string') given += 1;
  }
  return given;
}
