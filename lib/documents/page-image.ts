import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type Failure, failureReasons, failures } from '#lib/core/failures.ts';
import { defineTask } from '#lib/queue/tasks.ts';
import { artifactKey, type ArtifactOwner } from '#lib/artifact-keys.ts';
import { fileTypes, isFileType } from '#lib/core/file-types.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { getDocument } from './get.ts';
import { unknownPage } from './page.ts';

export const pageImageTask = defineTask(
  'page-images',
  z.object({ documentId: z.uuid(), pageNum: z.number().int().nonnegative() }),
  { retries: 2, expireSeconds: 60, waitSeconds: 600, isExclusive: true },
);
/** A page whose image someone waits for. */
export type PageImagePayload = z.output<typeof pageImageTask.payload>;

/** Sharp on a screen of usual density, and small enough to send. */
export const pageImageDpi = 130;
const waitMs = 20_000;
/** The storage is looked at this soon, then ever less often. */
const [firstPauseMs, maxPauseMs] = [100, 1000];
/** A page that cannot be rendered is tried again after a day, when the reader may be a newer one; sooner if it was bad luck. */
const [refusedMs, failedMs] = [24 * 3600_000, 30_000];

/** Where the image of a page is kept: equal files share it. */
export function pageImageKey(file: ArtifactOwner, pageNum: number): string {
  return artifactKey('page_images', file, String(pageImageDpi), `page_${pageNum}.png`);
}

/** Why a page has no image. Kept next to where its image would be, so that everyone who asks gets the reason at once. */
const refusalSchema = z.object({ reason: z.enum(failureReasons), message: z.string(), until: z.number() });

function refusalKey(file: ArtifactOwner, pageNum: number): string {
  return artifactKey('page_images', file, String(pageImageDpi), `page_${pageNum}.refusal.json`);
}

export async function keepPageImageRefusal(
  storage: Storage,
  file: ArtifactOwner,
  pageNum: number,
  { reason, message }: Failure,
): Promise<void> {
  const until = Date.now() + (failures[reason].retryable ? failedMs : refusedMs);
  await storage.put(refusalKey(file, pageNum), Buffer.from(JSON.stringify({ reason, message, until })));
}

/**
 * The image of a page as PNG. It is made by a worker, never here, and kept; this waits for it.
 * @throws RequestError 404, 415 when the kind has no images, 422 when the page cannot be rendered, 503 when no worker made
 * it in time
 */
export async function getPageImage(
  { db, storage, queue }: Pick<Context, 'db' | 'storage' | 'queue'>,
  { documentId: id, pageNum, signal }: { documentId: string; pageNum: string; signal: AbortSignal },
): Promise<Uint8Array> {
  const { document, cacheEpoch } = await getDocument({ db }, id);
  const number = /^\d{1,6}$/.test(pageNum) ? Number(pageNum) : -1;
  if (number < 0 || (document.pagesTotal > 0 && number >= document.pagesTotal))
    throw unknownPage(pageNum, document.pagesTotal);
  if (!hasPageImages(document.type)) {
    throw new RequestError(
      'unsupported',
      'no_image',
      'Only PDF files and images have page images; the words of this page are at …/words',
    );
  }
  const file = { sha256: document.sha256, cacheEpoch };
  const found = await findPageImage(storage, file, number);
  if (found) return found;
  const key = pageImageKey(file, number);
  await queue.tasks.request(pageImageTask, { documentId: id, pageNum: number }, { key });
  let pauseMs = firstPauseMs;
  for (const until = Date.now() + waitMs; Date.now() < until; pauseMs = Math.min(pauseMs * 1.5, maxPauseMs)) {
    await sleep(pauseMs, undefined, { signal });
    const made = await findPageImage(storage, file, number);
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
async function findPageImage(storage: Storage, file: ArtifactOwner, pageNum: number): Promise<Uint8Array | null> {
  const png = await storage.get(pageImageKey(file, pageNum));
  if (png) return png;
  const kept = await storage.get(refusalKey(file, pageNum));
  if (!kept) return null;
  const { reason, message, until } = refusalSchema.parse(JSON.parse(new TextDecoder().decode(kept)));
  if (until < Date.now()) return null;
  throw new RequestError('unprocessable', reason, message);
}

/** Whether pages of this kind look like something. */
export function hasPageImages(type: string): boolean {
  const family = isFileType(type) ? fileTypes[type].family : null;
  return family === 'pdf' || family === 'image';
}

/** Whether this page does: one that shows an electronic invoice in a PDF has only words. */
export function looksLikeSomething({ kind }: Pick<Page, 'kind'>): boolean {
  return kind === 'pdf' || kind === 'image';
}
