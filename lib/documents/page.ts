import type { PageView } from '#lib/core/contract/documents.ts';
import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { pageSchema } from '#lib/core/pages/page.ts';
import { getDocument } from './get.ts';
import { readPageKey } from '../artifact-keys.ts';

/**
 * A page of a document as it was read: its words with boxes.
 * @throws RequestError 404 when there is no such document or page, 409 while it is not read yet
 */
export async function getPage(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  { documentId: id, pageNum }: { documentId: string; pageNum: string },
): Promise<PageView> {
  const { document } = await getDocument({ db }, id);
  const number = /^\d{1,6}$/.test(pageNum) ? Number(pageNum) : -1;
  if (number < 0 || (document.pagesTotal > 0 && number >= document.pagesTotal))
    throw unknownPage(pageNum, document.pagesTotal);
  const bytes = document.readerKey && (await storage.get(readPageKey(document.sha256, document.readerKey, number)));
  if (!bytes) throw new RequestError('conflict', 'not_read', 'This page has not been read yet');
  const {
    pageNum: page_num,
    kind,
    width,
    height,
    source,
    title,
    text,
    words,
  } = pageSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { page_num, kind, width, height, source, title, text, words };
}

export function unknownPage(pageNum: string, pages: number): RequestError {
  return new RequestError(
    'not_found',
    'unknown_page',
    `There is no page ${JSON.stringify(pageNum)}: the document has pages 0 to ${pages - 1}`,
  );
}
