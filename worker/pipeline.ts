import type { DocumentResult } from '#lib/results/save.ts';
import { pageNotices } from './stages/page-notices.ts';
import { extractPages } from './stages/extract.ts';
import { mapPages } from './stages/map.ts';
import { mergeAccounts } from './stages/merge.ts';
import { closePlan, makePlan, type PlannedWork } from './stages/plan.ts';
import { type ReadDocument, readDocument, withoutPages } from './stages/read.ts';
import { splitAccounts } from './stages/split.ts';
import { nothingHeld, unpackDocument } from './stages/unpack.ts';
import { isArchive, isWrapping, skipPages, wrapping } from './stages/wrapping.ts';
import type { DocumentWork } from './document/document-work.ts';

/**
 * One document from file to record: read, unpack, plan, split, extract, merge. Each stage finds in memory what was done
 * before and does the rest, so an interrupted run resumes where it was.
 * @throws DocumentError, Waiting, Stopped, StorageUnavailable
 */
export async function runPipeline(work: DocumentWork): Promise<DocumentResult> {
  const definition = await work.services.definitions.of(work.claim, work.signal);
  if (isArchive(work.type)) return wrapping(work, await unpackDocument(work), definition);
  const document = await readDocument(work);
  const held = (await holdsFiles(work, document)) ? await unpackDocument(work) : nothingHeld;
  if (isWrapping(work.type, held, definition)) {
    await skipPages(work, document);
    return wrapping(work, held, definition);
  }
  const plan = await makePlan(work);
  try {
    const { notice, ...result } = await extractDocument({ ...work, plan }, document);
    return { ...result, notice: joined([...held.notices, notice]) };
  } finally {
    await closePlan(plan);
  }
}

/** A PDF says with its first page whether it holds files; mails mostly do. */
async function holdsFiles({ type, services }: DocumentWork, document: ReadDocument): Promise<boolean> {
  if (type === 'pdf') return (await document.page(0)).holdsFiles === true;
  return services.readers.mayHoldFiles(type);
}

async function extractDocument(work: PlannedWork, whole: ReadDocument): Promise<DocumentResult> {
  const split = await splitAccounts(work, whole);
  const document = withoutPages(whole, split.failed);
  const map = await mapPages(work, document, split);
  const readings = await extractPages(work, document, map);
  const accounts = await mergeAccounts(work, document, map, readings);
  const notice = joined([split.notice, ...(await pageNotices(whole))]);
  return { definition: work.plan.definition, accounts, notice };
}

function joined(notices: readonly (string | null)[]): string | null {
  const said = notices.filter((notice) => notice !== null);
  return said.length > 0 ? said.join(' ') : null;
}
