import type { Context } from '#lib/app-context.ts';
import { getDocument } from '#lib/documents/get.ts';
import { pictureDpi, pictureKey } from '#lib/documents/picture.ts';
import { RequestError } from '#lib/errors.ts';
import type { Page } from '#lib/extraction/page.ts';
import { DocumentError } from '#lib/failures.ts';
import type { ArtifactOwner } from '#lib/files/artifact-key.ts';
import { type FileType, isFileType } from '#lib/files/types.ts';
import type { PictureTask } from '#lib/queue.ts';
import { lazyOriginal } from './original.ts';
import type { Tools } from './work.ts';

const atOnce = 2;

/** Makes the pictures of pages that screens wait for. They hold no slot of documents. */
export async function makePictures({ db, queue }: Context, tools: Tools): Promise<void> {
  for (;;) {
    const claimed = await queue.claimPictures(atOnce);
    if (claimed.length === 0) return;
    await Promise.all(
      claimed.map(async (picture) => {
        await makePicture(db, tools, picture.task);
        await picture.done();
      }),
    );
  }
}

/** A page that cannot be drawn is not tried for ever: whoever waits is told that nothing came. */
async function makePicture(db: Context['db'], tools: Tools, { documentId, pageNum }: PictureTask): Promise<void> {
  try {
    const { document, cacheEpoch } = await getDocument(db, documentId);
    if (!isFileType(document.type)) return;
    const original = lazyOriginal(tools, document.sha256, document.type);
    try {
      const png = await tools.readers.renderPage(await original.open(), pageNum, { dpi: pictureDpi });
      await tools.storage.putIfAbsent(pictureKey({ sha256: document.sha256, cacheEpoch }, pageNum), png);
    } finally {
      await original.close();
    }
  } catch (error) {
    if (!(error instanceof DocumentError) && !(error instanceof RequestError)) throw error;
    tools.log.warn({ document: documentId, page: pageNum, err: error }, 'a page could not be drawn');
  }
}

/** What the pages of one document look like. */
export interface PagePictures {
  /** As PNG, made on first use and kept; null for a page that looks like nothing, such as one of a worksheet. */
  of(page: Page): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** @throws DocumentError, by `of`, when a page cannot be drawn */
export function openPictures(tools: Tools, owner: ArtifactOwner, type: FileType, signal: AbortSignal): PagePictures {
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
