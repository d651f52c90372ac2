import type { Reextraction } from '#lib/core/contract/sessions.ts';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { accounts } from '#lib/db/tables/results.ts';
import { documents, runs, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/lifecycle/lock.ts';
import { requeueDocuments } from '#lib/lifecycle/documents.ts';
import { RequestError, unknownSession } from '#lib/core/errors.ts';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { isId, newId } from '#lib/id.ts';
import { chooseEngine } from '#lib/schemas/choose-engine.ts';
import { refreshSession } from '../lifecycle/refresh.ts';
import { resetSearch } from '../search/search-index.ts';
import { moveSession, workedOnAgain } from '../lifecycle/sessions.ts';
import { initialStages } from '../core/initial-stages.ts';

/**
 * Makes a session's next run. Under another schema version or engine only what depends on them is done again; under the
 * same ones what the scope names is read and extracted again.
 * @throws RequestError 404; 400 for an unknown version or document; 409 when the session is processing or verified
 */
export async function reextractSession(
  { db, queue, env, actor }: Pick<Context, 'db' | 'queue' | 'env' | 'actor'>,
  { id, scope, schema: slug, version, engine }: Reextraction & { id: string },
): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const owned = await lockDocuments(tx, eq(documents.sessionId, id));
    const scoped = owned.filter((document) => scope === 'all' || document.id === scope.document_id);
    if (owned.length > 0 && scoped.length === 0) {
      throw new RequestError('invalid', 'unknown_document', 'scope.document_id is not a document of this session');
    }
    const before = await moveSession({ tx, actor }, id, 'reextract', workedOnAgain);
    const schema = await schemaVersionOf(tx, before.schemaVersionId, slug, version);
    const chosen = chooseEngine({ ...parseSavedDefinition(schema.definition), ...(engine ? { engine } : {}) }, env);
    const isSame =
      schema.id === before.schemaVersionId && chosen.engine === before.engine && chosen.model === before.model;
    const next = { run: before.run + 1, schemaVersionId: schema.id, ...chosen };
    await tx.update(sessions).set(next).where(eq(sessions.id, id));
    await tx
      .insert(runs)
      .values({ id: newId(), sessionId: id, number: next.run, schemaVersionId: schema.id, ...chosen });
    await requeueDocuments(
      { tx, queue },
      owned.map((document) => document.id),
      'reextract',
      { priority: before.priority, changes: { stageStates: initialStages, pagesProcessed: 0, pagesFailed: 0 } },
    );
    for (const document of isSame ? scoped : []) {
      const raised = await raisedGenerations(tx, before, document, scope);
      await tx.update(documents).set(raised).where(eq(documents.id, document.id));
    }
    await resetSearch(tx, id);
    await refreshSession({ tx, actor }, id);
  });
}

/** What is raised so that what the scope names is not found in memory: the document's generation, or those of pages. */
async function raisedGenerations(
  tx: Transaction,
  session: typeof sessions.$inferSelect,
  document: typeof documents.$inferSelect,
  scope: Reextraction['scope'],
): Promise<Partial<typeof documents.$inferInsert>> {
  const pageNums = scope === 'all' ? null : (scope.pages ?? (await pagesOfAccount(tx, session, scope)));
  if (!pageNums) return { generation: document.generation + 1 };
  const beyond = pageNums.find((page) => page >= document.pagesTotal);
  if (beyond !== undefined) {
    const has = `it has ${document.pagesTotal}, counted from 0`;
    throw new RequestError('invalid', 'unknown_page', `${document.name} has no page ${beyond}: ${has}`);
  }
  const generations = { ...document.pageGenerations };
  for (const page of pageNums) generations[page] = (generations[page] ?? 0) + 1;
  return { pageGenerations: generations };
}

async function pagesOfAccount(
  tx: Transaction,
  session: typeof sessions.$inferSelect,
  { document_id, account_index }: Exclude<Reextraction['scope'], 'all'>,
): Promise<number[] | null> {
  if (account_index === undefined) return null;
  const [account] = await tx
    .select({ pages: accounts.pages })
    .from(accounts)
    .innerJoin(runs, and(eq(runs.id, accounts.runId), eq(runs.sessionId, session.id), eq(runs.number, session.run)))
    .where(and(eq(accounts.documentId, document_id), eq(accounts.accountIndex, account_index)));
  if (account) return account.pages;
  throw new RequestError('invalid', 'unknown_account', `The document has no account ${account_index}`);
}

/** A version of the schema that this version belongs to, or of another one. */
async function schemaVersionOf(
  tx: Transaction,
  versionId: string,
  slug: string | undefined,
  version: number | undefined,
) {
  const own = sql`(select schema_id from schema_versions where id = ${versionId})`;
  const other = sql`(select id from schemas where slug = ${slug} and archived_at is null)`;
  const [found] = await tx
    .select({ id: schemaVersions.id, definition: schemaVersions.definition })
    .from(schemaVersions)
    .where(
      and(
        eq(schemaVersions.schemaId, slug === undefined ? own : other),
        version
          ? eq(schemaVersions.version, version)
          : slug === undefined
            ? eq(schemaVersions.id, versionId)
            : undefined,
      ),
    )
    .orderBy(desc(schemaVersions.version))
    .limit(1);
  if (found) return found;
  if (slug === undefined)
    throw new RequestError('invalid', 'unknown_version', `The schema of this session has no version ${version}`);
  throw new RequestError(
    'invalid',
    'unknown_schema',
    `There is no schema ${JSON.stringify(slug)}${version ? ` with a version ${version}` : ''}`,
  );
}
