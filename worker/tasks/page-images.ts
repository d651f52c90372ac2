import type { Context } from '#lib/context.ts';
import { getDocument } from '#lib/documents/get.ts';
import { keepPictureRefusal, pictureDpi, pictureKey } from '#lib/documents/page-image.ts';
import { RequestError } from '#lib/core/errors.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { failureOf } from '#lib/core/failures.ts';
import type { ArtifactOwner } from '#lib/files/artifact-key.ts';
import { type FileType, isFileType } from '#lib/core/file-types.ts';
import type { PictureTask } from '#lib/queue/documents.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { type Lines, openLines } from '../lines.ts';
import { lazyOriginal } from '../original.ts';
import { openSharedOriginals, type SharedOriginals } from '../shared-originals.ts';
import type { WorkerServices } from '../document-work.ts';

const concurrency = 2;
/** Copies of originals that stay on the disk for a while after their last page was drawn. */
const maxIdleOriginals = 1;

/**
 * Draws the pages that screens wait for, a few at a time; they hold no slot of documents. The original of a file is on
 * the disk once, however many of its pages are drawn.
 */
export function drawRequestedPages({ db, queue }: Context, tools: WorkerServices): Lines {
  const originals = openSharedOriginals(tools, maxIdleOriginals);
  const stopping = new AbortController();
  const drawNext = async () => {
    const [claimed] = await queue.claimPictures(1);
    if (!claimed) return false;
    await drawPage(db, tools, originals, claimed.task, stopping.signal);
    await claimed.done();
    return true;
  };
  const lines = openLines(concurrency, drawNext, (error) => {
    if (!stopping.signal.aborted) tools.log.warn({ err: error }, 'pages could not be drawn now');
  });
  return {
    wake: () => lines.wake(),
    async close() {
      stopping.abort();
      await lines.close();
      await originals.close();
    },
  };
}

/** A page that cannot be drawn is not retried forever: the reason is stored for those who wait for it. */
async function drawPage(
  db: Context['db'],
  tools: WorkerServices,
  originals: SharedOriginals,
  { documentId, pageNum }: PictureTask,
  signal: AbortSignal,
): Promise<void> {
  const found = await findDocument(db, documentId);
  if (!found || !isFileType(found.document.type)) return;
  const { sha256, type } = found.document;
  const owner = { sha256, cacheEpoch: found.cacheEpoch };
  const key = pictureKey(owner, pageNum);
  if (await tools.storage.exists(key)) return;
  try {
    const png = await originals.use(sha256, type, (file) =>
      tools.readers.renderPage(file, pageNum, { dpi: pictureDpi }, signal),
    );
    await tools.storage.putIfAbsent(key, png);
  } catch (error) {
    // Not the page's fault: the job comes back.
    if (signal.aborted || error instanceof StorageUnavailable) throw error;
    tools.log.warn({ document: documentId, page: pageNum, err: error }, 'a page could not be drawn');
    await keepPictureRefusal(tools.storage, owner, pageNum, failureOf(error));
  }
}

/** null when it was deleted meanwhile. */
async function findDocument(db: Context['db'], id: string) {
  try {
    return await getDocument({ db }, id);
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

/** What the pages of one document look like. */
export interface PagePictures {
  /** As PNG, made on first use and kept; null for a page that looks like nothing, such as one of a worksheet. */
  of(page: Page): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** @throws DocumentError, by `of`, when a page cannot be drawn */
export function openPictures(
  tools: WorkerServices,
  owner: ArtifactOwner,
  type: FileType,
  signal: AbortSignal,
): PagePictures {
  const original = lazyOriginal(tools, owner.sha256, type);
  return {
    async of({ kind, pageNum }) {
      if (kind !== 'pdf' && kind !== 'image') return null;
      const key = pictureKey(owner, pageNum);
      const kept = await tools.storage.get(key);
      if (kept) return kept;
      const png = await tools.readers.renderPage(await original.open(), pageNum, { dpi: pictureDpi }, signal);
      // What is kept counts, should another worker have drawn it at the same time.
      const isFirst = await tools.storage.putIfAbsent(key, png);
      return isFirst ? png : ((await tools.storage.get(key)) ?? png);
    },
    close: () => original.close(),
  };
}
