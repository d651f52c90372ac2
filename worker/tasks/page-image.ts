import type { Context } from '#lib/context.ts';
import { getDocument } from '#lib/documents/get.ts';
import {
  keepPageImageRefusal,
  pageImageDpi,
  pageImageKey,
  type PageImagePayload,
  pageImageTask,
} from '#lib/documents/page-image.ts';
import { RequestError } from '#lib/core/errors.ts';
import { failureOf } from '#lib/core/failures.ts';
import { isFileType } from '#lib/core/file-types.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { handleTask } from '../run-tasks.ts';
import { openSharedOriginals, type SharedOriginals } from '../document/shared-originals.ts';
import type { WorkerServices } from '../document/document-work.ts';

/** Copies of originals that stay on the disk for a while after their last page was rendered. */
const maxIdleOriginals = 1;

/** Renders the pages that screens wait for. The original of a file is on the disk once, for all of its pages. */
export default handleTask({
  task: pageImageTask,
  concurrency: 2,
  open(context, services) {
    const originals = openSharedOriginals(services, maxIdleOriginals);
    return {
      run: (page, signal) => renderPage(context, services, originals, page, signal),
      close: () => originals.close(),
    };
  },
});

/** A page that cannot be rendered is not retried for ever: the reason is stored for those who wait for it. */
async function renderPage(
  context: Pick<Context, 'db'>,
  services: WorkerServices,
  originals: SharedOriginals,
  { documentId, pageNum }: PageImagePayload,
  signal: AbortSignal,
): Promise<void> {
  const found = await findDocument(context, documentId);
  if (!found || !isFileType(found.document.type)) return;
  const { sha256, type } = found.document;
  const owner = { sha256, cacheEpoch: found.cacheEpoch };
  const key = pageImageKey(owner, pageNum);
  if (await services.storage.exists(key)) return;
  try {
    const png = await originals.use(sha256, type, (file) =>
      services.readers.renderPageImage(file, pageNum, { dpi: pageImageDpi }, signal),
    );
    await services.storage.putIfAbsent(key, png);
  } catch (error) {
    // Not the page's fault: the job comes back.
    if (signal.aborted || error instanceof StorageUnavailable) throw error;
    services.log.warn({ document: documentId, page: pageNum, err: error }, 'a page could not be rendered');
    await keepPageImageRefusal(services.storage, owner, pageNum, failureOf(error));
  }
}

/** null when it was deleted meanwhile. */
async function findDocument(context: Pick<Context, 'db'>, id: string) {
  try {
    return await getDocument(context, id);
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}
