import type { BackgroundStatus } from '#lib/core/contract/documents.ts';
import { and, asc, eq } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { accounts } from '#lib/db/tables/results.ts';
import { documents, files, runs, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isId } from '#lib/id.ts';

export function unknownDocument(id: string): RequestError {
  return new RequestError('not_found', 'unknown_document', `There is no document ${JSON.stringify(id)}`);
}

/**
 * A document, the run that its session is in, and the epoch of its file's artifacts.
 * @throws RequestError `unknown_document` (404), also for a malformed id
 */
export async function getDocument({ db }: { db: Executor }, id: string) {
  const [found] = isId(id)
    ? await db
        .select({ document: documents, runId: runs.id, cacheEpoch: files.cacheEpoch })
        .from(documents)
        .innerJoin(sessions, eq(sessions.id, documents.sessionId))
        .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
        .innerJoin(files, eq(files.sha256, documents.sha256))
        .where(eq(documents.id, id))
    : [];
  if (!found) throw unknownDocument(id);
  return found;
}

/** @throws RequestError 404 */
export async function getBackgroundStatus({ db }: { db: Executor }, id: string): Promise<BackgroundStatus> {
  const { document, runId } = await getDocument({ db }, id);
  const found = await db
    .select()
    .from(accounts)
    .where(and(eq(accounts.documentId, id), eq(accounts.runId, runId)))
    .orderBy(asc(accounts.accountIndex));
  const { failureReason: reason, failureMessage: message } = document;
  return {
    stage: document.status,
    progress: document.progress,
    pages_processed: document.pagesProcessed,
    total_pages: document.pagesTotal,
    pages_failed: document.pagesFailed,
    accounts: found.map((account) => ({
      account_index: account.accountIndex,
      account_number: account.accountNumber,
      pages: account.pages,
    })),
    stages: document.stageStates,
    waiting: document.waiting,
    failure: reason && message ? { reason, message } : null,
  };
}
