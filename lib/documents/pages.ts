import type { PageState } from '#lib/core/contract/sessions.ts';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { accounts, fieldValues, pages } from '#lib/db/tables/results.ts';
import { documentOrder, documents, runs, sessions } from '#lib/db/tables/sessions.ts';
import { isId } from '#lib/id.ts';
import { unknownSession } from '#lib/core/errors.ts';

/**
 * The pages of a session's current run, document by document; none of a document whose pages are not counted yet.
 * @throws RequestError 404
 */
export async function getPages({ db }: Pick<Context, 'db'>, sessionId: string): Promise<PageState[]> {
  const [run] = isId(sessionId)
    ? await db
        .select({ id: runs.id })
        .from(sessions)
        .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
        .where(eq(sessions.id, sessionId))
    : [];
  if (!run) throw unknownSession(sessionId);
  const [counted, ledger, owners, attention] = await Promise.all([
    db
      .select({ id: documents.id, pagesTotal: documents.pagesTotal })
      .from(documents)
      .where(eq(documents.sessionId, sessionId))
      .orderBy(...documentOrder),
    db.select().from(pages).where(eq(pages.runId, run.id)),
    db
      .select({ documentId: accounts.documentId, index: accounts.accountIndex, pages: accounts.pages })
      .from(accounts)
      .where(eq(accounts.runId, run.id))
      .orderBy(asc(accounts.accountIndex)),
    attentionByPage(db, run.id),
  ]);
  const rowOf = new Map(ledger.map((row) => [`${row.documentId}/${row.pageNum}`, row]));
  const ownersOf = Map.groupBy(
    owners.flatMap(({ documentId, index, pages }) => pages.map((page) => ({ key: `${documentId}/${page}`, index }))),
    ({ key }) => key,
  );
  return counted.flatMap(({ id, pagesTotal }) =>
    Array.from({ length: pagesTotal }, (_, pageNum) => {
      const key = `${id}/${pageNum}`;
      const row = rowOf.get(key);
      return {
        document_id: id,
        page_num: pageNum,
        status: row?.status ?? 'pending',
        source: row?.source ?? null,
        title: row?.title ?? null,
        accounts: (ownersOf.get(key) ?? []).map(({ index }) => index),
        needs_attention: attention.get(key) ?? 0,
        failure:
          row?.failureReason && row.failureMessage ? { reason: row.failureReason, message: row.failureMessage } : null,
      };
    }),
  );
}

/** A row of a list stands on the page of its first cell that has a place. */
async function attentionByPage(db: Executor, runId: string): Promise<Map<string, number>> {
  const page = sql<number | null>`(
    select min((leaf #>> '{evidence,pageNum}')::int) from jsonb_array_elements(${fieldValues.leaves}) leaf
  )`;
  const found = await db
    .select({ documentId: fieldValues.documentId, page, values: fieldValues.needsAttention })
    .from(fieldValues)
    .where(and(eq(fieldValues.runId, runId), gt(fieldValues.needsAttention, 0), eq(fieldValues.isDeleted, false)));
  const byPage = new Map<string, number>();
  for (const { documentId, page, values } of found)
    byPage.set(`${documentId}/${page}`, (byPage.get(`${documentId}/${page}`) ?? 0) + values);
  return byPage;
}
