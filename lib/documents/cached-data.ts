import type { CachedData } from '#lib/core/contract/documents.ts';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { prepareOnce } from '#lib/db/prepared.ts';
import { accounts, pageAccounts, pages } from '#lib/db/tables/results.ts';
import { documents, runs, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isId } from '#lib/id.ts';
import { endedDocumentStatuses } from '#lib/core/lifecycle.ts';
import { getDocument, unknownDocument } from './get.ts';
import { unknownPage } from './page.ts';

/** For the page's first account. @throws RequestError 404 */
export async function getCachedData(
  { db }: { db: Executor },
  { documentId: id, pageNum }: { documentId: string; pageNum: string },
): Promise<CachedData> {
  const looked = await lookUp(db, id, pageNum);
  return Array.isArray(looked) ? toCachedData(looked[0], looked) : looked;
}

/** For one account. @throws RequestError 404, also when the page belongs to another account only */
export async function getAccountPageData(
  { db }: { db: Executor },
  { documentId: id, accountIndex, pageNum }: { documentId: string; accountIndex: string; pageNum: string },
): Promise<CachedData> {
  const looked = await lookUp(db, id, pageNum);
  if (!Array.isArray(looked) && looked.processing) return looked;
  const found = Array.isArray(looked) ? looked : [];
  const own = found.find((row) => String(row.accountIndex) === accountIndex);
  if (own) return toCachedData(own, found);
  throw new RequestError('not_found', 'not_of_account', `Page ${pageNum} does not belong to account ${accountIndex}`);
}

type Missing = Extract<CachedData, { cached: false }>;
type Rows = [PageAccountRow, ...PageAccountRow[]];

/** The results of a page, one for each account, or what is known of its processing. */
async function lookUp(db: Executor, id: string, pageNum: string): Promise<Rows | Missing> {
  const number = pageNumber(pageNum);
  const [first, ...others] = await findPageAccounts(db, id, number);
  if (first) return [first, ...others];
  const status = await statusOf(db, id, pageNum);
  if (status.processing) return status;
  // A document that ended between the two questions has its results by now.
  const [late, ...rest] = await findPageAccounts(db, id, number);
  return late ? [late, ...rest] : status;
}

/** The page that a path names; one that no document has when it is no number. */
export function pageNumber(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : -1;
}

interface PageAccountRow {
  accountIndex: number;
  accountNumber: string | null;
  data: Record<string, unknown>;
  extractedAt: Date;
}

async function findPageAccounts(db: Executor, id: string, pageNum: number): Promise<PageAccountRow[]> {
  if (!isId(id)) throw unknownDocument(id);
  return pageAccountsQuery(db).execute({ id, pageNum });
}

/** One indexed read: the primary key begins with document and run. */
const pageAccountsQuery = prepareOnce((db) =>
  db
    .select({
      accountIndex: pageAccounts.accountIndex,
      accountNumber: accounts.accountNumber,
      data: pageAccounts.data,
      extractedAt: pageAccounts.extractedAt,
    })
    .from(documents)
    .innerJoin(sessions, eq(sessions.id, documents.sessionId))
    .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
    .innerJoin(
      pageAccounts,
      and(
        eq(pageAccounts.documentId, documents.id),
        eq(pageAccounts.runId, runs.id),
        eq(pageAccounts.pageNum, sql.placeholder('pageNum')),
      ),
    )
    .leftJoin(
      accounts,
      and(
        eq(accounts.documentId, documents.id),
        eq(accounts.runId, runs.id),
        eq(accounts.accountIndex, pageAccounts.accountIndex),
      ),
    )
    .where(eq(documents.id, sql.placeholder('id')))
    .orderBy(asc(pageAccounts.accountIndex))
    .prepare('page_accounts'),
);

function toCachedData(row: PageAccountRow, all: readonly PageAccountRow[]): CachedData {
  return {
    cached: true,
    data: row.data,
    account_number: row.accountNumber,
    extraction_time: Math.floor(row.extractedAt.getTime() / 1000),
    accounts: all.map(({ accountIndex, accountNumber }) => ({
      account_index: accountIndex,
      account_number: accountNumber,
    })),
  };
}

async function statusOf(db: Executor, id: string, pageNum: string): Promise<Missing> {
  const { document, runId } = await getDocument({ db }, id);
  const number = pageNumber(pageNum);
  if (number < 0 || (document.pagesTotal > 0 && number >= document.pagesTotal))
    throw unknownPage(pageNum, document.pagesTotal);
  const [page] = await db
    .select({ reason: pages.failureReason, message: pages.failureMessage })
    .from(pages)
    .where(and(eq(pages.documentId, id), eq(pages.runId, runId), eq(pages.pageNum, number)));
  const reason = page?.reason ?? document.failureReason;
  const message = page?.message ?? document.failureMessage;
  const failure = reason && message ? { reason, message } : null;
  return {
    cached: false,
    processing: !failure && !endedDocumentStatuses.includes(document.status),
    stage: document.status,
    progress: document.progress,
    pages_processed: document.pagesProcessed,
    total_pages: document.pagesTotal,
    ...(failure ? { failure } : {}),
  };
}
