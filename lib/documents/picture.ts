import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/app-context.ts';
import { RequestError } from '#lib/errors.ts';
import { artifactKey, type ArtifactOwner } from '#lib/files/artifact-key.ts';
import { fileTypes, isFileType } from '#lib/files/types.ts';
import { getDocument } from './get.ts';
import { unknownPage } from './page.ts';

/** Sharp on a screen of usual density, and small enough to send. */
export const pictureDpi = 130;
const waitMs = 20_000;
const lookMs = 100;

/** Where the picture of a page is kept: equal files share it. */
export function pictureKey(file: ArtifactOwner, pageNum: number): string {
  return artifactKey('page_images', file, String(pictureDpi), `page_${pageNum}.png`);
}

/**
 * The picture of a page as PNG. It is made by a worker, never here, and kept; this waits for it.
 * @throws RequestError 404, 415 when the kind has no pictures, 503 when no worker made it in time
 */
export async function getPicture(
  { db, storage, queue }: Pick<Context, 'db' | 'storage' | 'queue'>,
  id: string,
  pageNum: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { document, cacheEpoch } = await getDocument(db, id);
  const number = /^\d{1,6}$/.test(pageNum) ? Number(pageNum) : -1;
  if (number < 0 || (document.pagesTotal > 0 && number >= document.pagesTotal))
    throw unknownPage(pageNum, document.pagesTotal);
  if (!hasPictures(document.type)) {
    throw new RequestError(
      'unsupported',
      'no_image',
      'Only PDF files and images have page images; the words of this page are at …/words',
    );
  }
  const key = pictureKey({ sha256: document.sha256, cacheEpoch }, number);
  const found = await storage.get(key);
  if (found) return found;
  await queue.requestPicture({ documentId: id, pageNum: number });
  for (const until = Date.now() + waitMs; Date.now() < until;) {
    await sleep(lookMs, undefined, { signal });
    const made = await storage.get(key);
    if (made) return made;
  }
  throw new RequestError(
    'unavailable',
    'no_worker',
    'No worker made the image of this page in time: try again in a while',
  );
}

/** Whether pages of this kind look like something. */
export function hasPictures(type: string): boolean {
  const family = isFileType(type) ? fileTypes[type].family : null;
  return family === 'pdf' || family === 'image';
}
