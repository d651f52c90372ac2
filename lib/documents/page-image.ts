import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type Failure, failureReasons, failures } from '#lib/core/failures.ts';
import { artifactKey, type ArtifactOwner } from '#lib/files/artifact-key.ts';
import { fileTypes, isFileType } from '#lib/core/file-types.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { getDocument } from './get.ts';
import { unknownPage } from './page.ts';

/** Sharp on a screen of usual density, and small enough to send. */
export const pictureDpi = 130;
const waitMs = 20_000;
/** The storage is looked at this soon, then ever less often. */
const [firstPauseMs, maxPauseMs] = [100, 1000];
/** A page that cannot be drawn is tried again after a day, when the reader may be a newer one; sooner if it was bad luck. */
const [refusedMs, failedMs] = [24 * 3600_000, 30_000];

/** Where the picture of a page is kept: equal files share it. */
export function pictureKey(file: ArtifactOwner, pageNum: number): string {
  return artifactKey('page_images', file, String(pictureDpi), `page_${pageNum}.png`);
}

/** Why a page has no picture. Kept next to where its picture would be, so that everyone who asks gets the reason at once. */
const refusalSchema = z.object({ reason: z.enum(failureReasons), message: z.string(), until: z.number() });

function refusalKey(file: ArtifactOwner, pageNum: number): string {
  return artifactKey('page_images', file, String(pictureDpi), `page_${pageNum}.refusal.json`);
}

export async function keepPictureRefusal(
  storage: Storage,
  file: ArtifactOwner,
  pageNum: number,
  { reason, message }: Failure,
): Promise<void> {
  const until = Date.now() + (failures[reason].retryable ? failedMs : refusedMs);
  await storage.put(refusalKey(file, pageNum), Buffer.from(JSON.stringify({ reason, message, until })));
}

/**
 * The picture of a page as PNG. It is made by a worker, never here, and kept; this waits for it.
 * @throws RequestError 404, 415 when the kind has no pictures, 422 when the page cannot be drawn, 503 when no worker made
 * it in time
 */
export async function getPicture(
  { db, storage, queue }: Pick<Context, 'db' | 'storage' | 'queue'>,
  { documentId: id, pageNum, signal }: { documentId: string; pageNum: string; signal: AbortSignal },
): Promise<Uint8Array> {
  const { document, cacheEpoch } = await getDocument({ db }, id);
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
  const file = { sha256: document.sha256, cacheEpoch };
  const found = await findPicture(storage, file, number);
  if (found) return found;
  await queue.requestPicture({ documentId: id, pageNum: number }, pictureKey(file, number));
  let pauseMs = firstPauseMs;
  for (const until = Date.now() + waitMs; Date.now() < until; pauseMs = Math.min(pauseMs * 1.5, maxPauseMs)) {
    await sleep(pauseMs, undefined, { signal });
    const made = await findPicture(storage, file, number);
    if (made) return made;
  }
  throw new RequestError(
    'unavailable',
    'no_worker',
    'No worker made the image of this page in time: try again in a moment',
    { retryAfterSeconds: 10 },
  );
}

/** null when it was neither made nor refused. @throws RequestError 422 */
async function findPicture(storage: Storage, file: ArtifactOwner, pageNum: number): Promise<Uint8Array | null> {
  const png = await storage.get(pictureKey(file, pageNum));
  if (png) return png;
  const kept = await storage.get(refusalKey(file, pageNum));
  if (!kept) return null;
  const { reason, message, until } = refusalSchema.parse(JSON.parse(new TextDecoder().decode(kept)));
  if (until < Date.now()) return null;
  throw new RequestError('unprocessable', reason, message);
}

/** Whether pages of this kind look like something. */
export function hasPictures(type: string): boolean {
  const family = isFileType(type) ? fileTypes[type].family : null;
  return family === 'pdf' || family === 'image';
}
