import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/app-context.ts';
import { type CachedData, getCachedData } from './cached-data.ts';
import { forceDocument } from './force.ts';

const waitMs = 60_000;
const lookMs = 200;

/**
 * What is known of a page; when nothing is, has it extracted before all others and waits for it. The web process only
 * asks: a worker does it.
 * @returns the status instead when it takes longer than 60 s, or when the page failed
 * @throws RequestError 404, 409
 */
export async function extractPage(
  context: Pick<Context, 'db' | 'queue'>,
  id: string,
  pageNum: string,
  signal: AbortSignal,
): Promise<CachedData> {
  let data = await getCachedData(context.db, id, pageNum);
  if (data.cached) return data;
  await forceDocument(context, id, { fresh: false });
  for (const until = Date.now() + waitMs; Date.now() < until;) {
    await sleep(lookMs, undefined, { signal });
    data = await getCachedData(context.db, id, pageNum);
    if (data.cached || !data.processing) return data;
  }
  return data;
}
