import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/app-context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, runs, schemaVersions, sessions } from '#lib/db/tables.ts';
import { RequestError } from '#lib/errors.ts';
import { engines, parseDefinition } from '#lib/extraction/definition.ts';
import { isId, newId } from '#lib/id.ts';
import { chooseEngine } from './create.ts';
import { unknownSession } from './get.ts';
import { refreshSession } from './refresh.ts';
import { moveSession } from './transition.ts';
import { untouchedStages } from './untouched.ts';

export const reextractionSchema = z.object({
  /** Everything, or one document; the others come from memory. */
  scope: z.union([z.literal('all'), z.object({ document_id: z.uuid() }).strict()], {
    error: 'must be "all" or {"document_id": …}',
  }),
  /** A version of the session's schema; the one it has when absent. */
  version: z.number().int().positive().optional(),
  engine: z.enum(engines, { error: 'must be builtin or model' }).optional(),
});
export type Reextraction = z.output<typeof reextractionSchema>;

/**
 * Makes a session's next run. Under another schema version or engine only what depends on them is done anew; under the
 * same ones what the scope names is read and extracted afresh.
 * @throws RequestError 404; 400 for an unknown version or document; 409 when the session is processing or verified
 */
export async function reextractSession(
  { db, queue, env }: Pick<Context, 'db' | 'queue' | 'env'>,
  id: string,
  { scope, version, engine }: Reextraction,
): Promise<void> {
  if (!isId(id)) throw unknownSession(id);
  await db.transaction(async (tx) => {
    const owned = await tx
      .select()
      .from(documents)
      .where(eq(documents.sessionId, id))
      .orderBy(documents.id)
      .for('update');
    const scoped = owned.filter((document) => scope === 'all' || document.id === scope.document_id);
    if (owned.length > 0 && scoped.length === 0) {
      throw new RequestError('invalid', 'unknown_document', 'scope.document_id is no document of this session');
    }
    const before = await moveSession(tx, id, 'reextract');
    const schema = await schemaVersionOf(tx, before.schemaVersionId, version);
    const chosen = chooseEngine({ ...parseDefinition(schema.definition), ...(engine ? { engine } : {}) }, env);
    const isSame =
      schema.id === before.schemaVersionId && chosen.engine === before.engine && chosen.model === before.model;
    const next = { run: before.run + 1, schemaVersionId: schema.id, ...chosen, finishedAt: null };
    await tx
      .update(sessions)
      .set({ ...next, failureReason: null, failureMessage: null })
      .where(eq(sessions.id, id));
    await tx
      .insert(runs)
      .values({ id: newId(), sessionId: id, number: next.run, schemaVersionId: schema.id, ...chosen });
    const jobIds = await queue.enqueue(
      tx,
      owned.map((document) => ({ documentId: document.id, priority: before.priority })),
    );
    const fresh = new Set(isSame ? scoped.map((document) => document.id) : []);
    for (const [index, document] of owned.entries()) {
      await tx
        .update(documents)
        .set({
          ...untouched,
          jobId: jobIds[index] ?? null,
          generation: document.generation + (fresh.has(document.id) ? 1 : 0),
        })
        .where(eq(documents.id, document.id));
    }
    await refreshSession(tx, id);
  });
}

const untouched = {
  status: 'queued',
  stageStates: untouchedStages,
  progress: 0,
  pagesProcessed: 0,
  pagesFailed: 0,
  lostAttempts: 0,
  waiting: null,
  failureReason: null,
  failureMessage: null,
  finishedAt: null,
} as const;

/** A version of the schema that this version belongs to. */
async function schemaVersionOf(tx: Transaction, versionId: string, version: number | undefined) {
  const own = sql`(select schema_id from schema_versions where id = ${versionId})`;
  const [found] = await tx
    .select({ id: schemaVersions.id, definition: schemaVersions.definition })
    .from(schemaVersions)
    .where(
      and(
        eq(schemaVersions.schemaId, own),
        version ? eq(schemaVersions.version, version) : eq(schemaVersions.id, versionId),
      ),
    );
  if (found) return found;
  throw new RequestError('invalid', 'unknown_version', `The schema of this session has no version ${version}`);
}
