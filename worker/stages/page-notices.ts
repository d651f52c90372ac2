import pMap from 'p-map';
import type { ReadDocument } from './read.ts';

const lookConcurrency = 8;
/** More sentences are not read. */
const maxNotices = 5;

/** What the readers have to say about a document's pages, each sentence once, in order of the pages. */
export async function pageNotices({ pageCount, page }: Pick<ReadDocument, 'pageCount' | 'page'>): Promise<string[]> {
  const numbers = Array.from({ length: pageCount }, (_, pageNum) => pageNum);
  const found = await pMap(numbers, async (pageNum) => (await page(pageNum)).notices ?? [], {
    concurrency: lookConcurrency,
  });
  return [...new Set(found.flat())].slice(0, maxNotices);
}
