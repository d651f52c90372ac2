import type { Context } from '#lib/app-context.ts';
import { getDocument } from '#lib/documents/get.ts';
import { pictureDpi, pictureKey } from '#lib/documents/picture.ts';
import { RequestError } from '#lib/errors.ts';
import { DocumentError } from '#lib/failures.ts';
import { isFileType } from '#lib/files/types.ts';
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
    const { document } = await getDocument(db, documentId);
    if (!isFileType(document.type)) return;
    const original = lazyOriginal(tools, document.sha256, document.type);
    try {
      const png = await tools.readers.renderPage(await original.open(), pageNum, { dpi: pictureDpi });
      await tools.storage.putIfAbsent(pictureKey(document.sha256, pageNum), png);
    } finally {
      await original.close();
    }
  } catch (error) {
    if (!(error instanceof DocumentError) && !(error instanceof RequestError)) throw error;
    tools.log.warn({ document: documentId, page: pageNum, err: error }, 'a page could not be drawn');
  }
}
