import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '#lib/core/pages/page.ts';
import type { FileType } from '#lib/core/file-types.ts';
import type { FileToRead } from '#worker/readers/reader.ts';
import { readerFor } from '#worker/readers/registry.ts';
import { unlock } from '#worker/readers/unlock.ts';

/** All pages of a file with this content, read in this process, as a reader's process would. None may need OCR. */
export async function readContent(
  type: FileType,
  content: Uint8Array | string,
  how: Pick<FileToRead, 'pdfReader'> = {},
): Promise<Page[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-read-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, content);
    return await readAll(await unlock({ ...how, path, type }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readAll(file: FileToRead): Promise<Page[]> {
  const reader = readerFor(file.type);
  const to = await reader.countPages(file);
  const refuse = () => Promise.reject(new Error('this page has no usable text'));
  return Array.fromAsync(reader.readPages(file, { from: 0, to }, refuse));
}

/** Words without a place, or with one beyond the page. */
export function misplaced({ words }: Page): string[] {
  const isWithin = ({ x, y, width, height }: Page['words'][number]) =>
    x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.0001 && y + height <= 1.0001;
  return words.filter((word) => !isWithin(word)).map((word) => word.text);
}
