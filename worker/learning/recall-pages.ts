import type { Recalled } from '#lib/core/layouts/recalled.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { dueSessions } from '#lib/layouts/due.ts';
import { layoutKey } from '#lib/layouts/key.ts';
import { findLessons, getLessons, hasLessons, maxPerLayout } from '#lib/layouts/lessons.ts';
import { chooseLessons, chosenLessons } from '#lib/layouts/recalls.ts';
import { isDatabaseDown } from '#lib/db/unavailable.ts';
import { pageLimitMs } from '../compute/limits.ts';
import { type DocumentWork, runStep } from '../document/document-work.ts';
import { learnSession } from './learn-session.ts';

/** What verified documents say about the pages of one document. */
export interface Memory {
  /** null for a page of an unknown layout. */
  recall(page: Page): Promise<PageRecall | null>;
}

export interface PageRecall {
  recalled: Recalled;
  /** The lessons that say so, the most alike first. */
  lessonIds: string[];
}

/** So many verified sessions are learned from before a document is read; others later. */
const maxFirst = 5;

/** Opens what is remembered of a document's schema; null where nothing is. What was verified just before counts. */
export async function openMemory(work: DocumentWork): Promise<Memory | null> {
  const { claim, services, signal } = work;
  for (const id of await dueSessions(services.db, maxFirst, claim.schemaId)) {
    await learnSession(services, id, signal).catch((error: unknown) => {
      if (signal.aborted || isDatabaseDown(error)) throw error;
      // Another session's fault is not this document's.
      work.log.warn({ session: id, err: error }, 'nothing could be learned from a verified session');
    });
  }
  if (!(await hasLessons(services.db, claim.schemaId))) return null;
  const key = await layoutKey(services.db);
  return { recall: (page) => recallPage(work, page, key) };
}

async function recallPage(work: DocumentWork, page: Page, key: string): Promise<PageRecall | null> {
  const { claim, services } = work;
  const { print, bands } = await runStep(work, 'printPage', { page, key }, pageLimitMs);
  const of = { runId: claim.runId, documentId: claim.documentId, pageNum: page.pageNum };
  const chosen = (await chosenLessons(services.db, of)) ?? (await choose());
  const kept = await getLessons(services.db, chosen);
  if (kept.length === 0) return null;
  const lessons = kept.map(({ source, lesson }) => ({ document: source, lesson }));
  const recalled = await runStep(work, 'recallPage', { print, lessons }, pageLimitMs);
  const present = new Set(kept.map(({ id }) => id));
  return recalled && { recalled, lessonIds: chosen.filter((id) => present.has(id)) };

  async function choose(): Promise<string[]> {
    const found = await findLessons(services.db, claim.schemaId, bands);
    const alike = found.length > 0 ? await runStep(work, 'alikeLessons', { print, lessons: found }, pageLimitMs) : [];
    return chooseLessons(services.db, of, alike.slice(0, maxPerLayout));
  }
}
