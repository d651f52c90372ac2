import pMap from 'p-map';
import { readPageKey } from '#lib/artifact-keys.ts';
import { type Page, pageSchema } from '#lib/core/pages/page.ts';
import { saveLessons } from '#lib/layouts/due.ts';
import { layoutKey } from '#lib/layouts/key.ts';
import type { NewLesson } from '#lib/layouts/lessons.ts';
import { trimLayout } from '#lib/layouts/trim.ts';
import { type VerifiedRecord, verifiedSession } from '#lib/layouts/verified.ts';
import { requestRecalibration } from '#lib/results/recalibrate.ts';
import { documentLimitMs } from '../compute/limits.ts';
import type { WorkerServices } from '../document/document-work.ts';

/** Of a long record the first pages teach its layouts. */
const maxPages = 30;
const loadConcurrency = 4;

export type LearningServices = Pick<WorkerServices, 'db' | 'cache' | 'compute' | 'definitions' | 'queue' | 'log'>;

/** Learns the layouts of a verified session's pages, in place of what it taught before. One that is no longer verified teaches nothing. */
export async function learnSession(services: LearningServices, id: string, signal: AbortSignal): Promise<void> {
  const session = await verifiedSession(services.db, id);
  if (!session) return;
  const key = await layoutKey(services.db);
  const found: NewLesson[] = [];
  for (const record of session.records) {
    const left = maxPages - found.length;
    if (left > 0) found.push(...(await learnRecord(services, session.definition, record, key, left, signal)));
  }
  if (await saveLessons(services.db, session, found)) await trimLayout(services.db, session.schemaId, found);
  await requestRecalibration(services, session.schemaId);
}

async function learnRecord(
  { cache, compute, definitions }: LearningServices,
  given: Record<string, unknown>,
  { documentId, sha256, readerKey, pageNums, values }: VerifiedRecord,
  key: string,
  left: number,
  signal: AbortSignal,
): Promise<NewLesson[]> {
  const definition = await definitions.of({ documentId, definition: given }, signal);
  const load = (pageNum: number) => cache.find(readPageKey(sha256, readerKey, pageNum), pageSchema);
  const loaded = await pMap(pageNums.slice(0, left), load, { concurrency: loadConcurrency, signal });
  const pages = loaded.filter((page): page is Page => page !== null && page.words.length > 0);
  if (pages.length === 0) return [];
  const limitMs = documentLimitMs(pages.length);
  const learned = await compute.run(
    'learnRecord',
    { definition, pages, values, key },
    { key: documentId, limitMs, signal },
  );
  return learned.flatMap((one, at): NewLesson[] => {
    const pageNum = pages[at]?.pageNum;
    return one && pageNum !== undefined ? [{ ...one, documentId, pageNum, source: documentId }] : [];
  });
}
