import type { DocumentResult } from '#lib/results/save.ts';
import { extractPages } from './stages/extract.ts';
import { mapPages } from './stages/map.ts';
import { mergeAccounts } from './stages/merge.ts';
import { readDocument, withoutPages } from './stages/read.ts';
import { splitAccounts } from './stages/split.ts';
import { encodingNotice } from './stages/encoding-notice.ts';
import type { Work } from './document-work.ts';

/**
 * One document from file to record. Each stage finds in memory what was done before and does the rest,
 * so a run that was broken off goes on where it stood.
 * @throws DocumentError, Waiting, Stopped, StorageUnavailable
 */
export async function runPipeline(work: Work): Promise<DocumentResult> {
  const whole = await readDocument(work);
  const split = await splitAccounts(work, whole);
  const document = withoutPages(whole, split.failed);
  const map = await mapPages(work, document, split);
  const readings = await extractPages(work, document, map);
  const accounts = await mergeAccounts(work, map, readings);
  const notices = [split.notice, await encodingNotice(work.type, whole)].filter((notice) => notice !== null);
  return { definition: work.definition, accounts, notice: notices.length > 0 ? notices.join(' ') : null };
}
