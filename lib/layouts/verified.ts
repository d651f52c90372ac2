import { and, asc, eq } from 'drizzle-orm';
import type { Value } from '#lib/core/values/value.ts';
import type { Executor } from '#lib/db/client.ts';
import { accounts, fieldValues } from '#lib/db/tables/results.ts';
import { documents, runs, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';

/** One record of a verified session, and the pages that are its alone. */
export interface VerifiedRecord {
  documentId: string;
  sha256: string;
  readerKey: string;
  pageNums: number[];
  values: Value[];
}

export interface VerifiedSession {
  id: string;
  /** As it was when it was read. */
  version: number;
  schemaId: string;
  definition: Record<string, unknown>;
  records: VerifiedRecord[];
}

/** A session with its values as people left them; null when it is not verified. */
export async function verifiedSession(db: Executor, id: string): Promise<VerifiedSession | null> {
  const [session] = await db
    .select({
      version: sessions.version,
      runId: runs.id,
      schemaId: schemaVersions.schemaId,
      definition: schemaVersions.definition,
    })
    .from(sessions)
    .innerJoin(runs, and(eq(runs.sessionId, sessions.id), eq(runs.number, sessions.run)))
    .innerJoin(schemaVersions, eq(schemaVersions.id, runs.schemaVersionId))
    .where(and(eq(sessions.id, id), eq(sessions.status, 'verified')));
  if (!session) return null;
  const { runId, ...about } = session;
  return { id, ...about, records: await recordsOf(db, runId) };
}

async function recordsOf(db: Executor, runId: string): Promise<VerifiedRecord[]> {
  const parts = await db
    .select({
      documentId: accounts.documentId,
      accountIndex: accounts.accountIndex,
      pages: accounts.pages,
      sha256: documents.sha256,
      readerKey: documents.readerKey,
    })
    .from(accounts)
    .innerJoin(documents, eq(documents.id, accounts.documentId))
    .where(eq(accounts.runId, runId))
    .orderBy(asc(accounts.documentId), asc(accounts.accountIndex));
  const rows = await db
    .select({
      documentId: fieldValues.documentId,
      accountIndex: fieldValues.accountIndex,
      leaves: fieldValues.leaves,
    })
    .from(fieldValues)
    .where(and(eq(fieldValues.runId, runId), eq(fieldValues.isDeleted, false)))
    .orderBy(asc(fieldValues.position));
  return parts.flatMap(({ readerKey, pages, accountIndex, ...part }) => {
    if (readerKey === null) return [];
    const shared = parts.filter((one) => one.documentId === part.documentId && one.accountIndex !== accountIndex);
    const own = rows.filter((row) => row.documentId === part.documentId && row.accountIndex === accountIndex);
    return {
      ...part,
      readerKey,
      pageNums: pages.filter((page) => !shared.some((other) => other.pages.includes(page))),
      values: own.flatMap(({ leaves }) => leaves),
    };
  });
}
