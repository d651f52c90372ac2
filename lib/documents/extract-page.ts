import type { CachedData } from '#lib/core/contract/documents.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { pages } from '#lib/db/tables/results.ts';
import { failures } from '#lib/core/failures.ts';
import { getCachedData, pageNumber } from './cached-data.ts';
import { forceDocument } from './force.ts';
import { getDocument } from './get.ts';

const waitMs = 60_000;
const lookMs = 200;

/**
 * What is known of a page; when nothing is, has it extracted before all others and waits for it. The web process only
 * asks: a worker does it. Nothing is done for a page that would give nothing again.
 * @returns the status instead when it takes longer than 60 s, when the page failed, or when it belongs to no account
 * @throws RequestError 404, 409
 */
export async function extractPage(
  context: Pick<Context, 'db' | 'queue' | 'actor'>,
  { documentId: id, pageNum, signal }: { documentId: string; pageNum: string; signal: AbortSignal },
): Promise<CachedData> {
  // Asked first: a document that completes between the two questions then has its data in the second answer.
  const worthAsking = await mayGive(context.db, id, pageNumber(pageNum));
  let data = await getCachedData(context, { documentId: id, pageNum });
  if (data.cached || !worthAsking) return data;
  await forceDocument(context, { id, fresh: false });
  for (const until = Date.now() + waitMs; Date.now() < until;) {
    await sleep(lookMs, undefined, { signal });
    data = await getCachedData(context, { documentId: id, pageNum });
    if (data.cached || !data.processing) return data;
  }
  return data;
}

/** Whether the page may have a result once its document is processed again. */
async function mayGive(db: Executor, id: string, pageNum: number): Promise<boolean> {
  const { document, runId } = await getDocument({ db }, id);
  const [page] = await db
    .select({ failureReason: pages.failureReason })
    .from(pages)
    .where(and(eq(pages.documentId, id), eq(pages.runId, runId), eq(pages.pageNum, pageNum)));
  const reason = page?.failureReason ?? document.failureReason;
  if (reason) return failures[reason].retryable;
  // All pages of a completed document that belong to an account have a result.
  return document.status !== 'completed';
}
