import type { SchemaDetail } from '#lib/core/contract/schemas.ts';
import { desc, eq, inArray } from 'drizzle-orm';
import type { Executor, Transaction } from '#lib/db/client.ts';
import { files, schemas, schemaVersions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type KnowledgeFile, parseDefinition } from '#lib/core/schema/definition.ts';
import { DefinitionError, problemAt } from '#lib/core/fields/problems.ts';
import { newId } from '#lib/id.ts';
import { definitionToJson } from './definition-json.ts';
import { getSchema } from './get.ts';

/**
 * Creates a schema, or gives it a new version when the definition differs from the latest. An archived one comes back.
 * @throws DefinitionError (400)
 */
export async function putSchema(
  { db }: { db: Executor },
  { slug, definition: input }: { slug: string; definition: unknown },
): Promise<SchemaDetail> {
  const parsed = parseDefinition(input, { slug });
  const definition = definitionToJson(parsed);
  return db.transaction(async (tx) => {
    const schemaId = await lockSchema(tx, slug);
    await touchKnowledge(tx, parsed.knowledge);
    const [latest] = await tx
      .select({ version: schemaVersions.version, definition: schemaVersions.definition })
      .from(schemaVersions)
      .where(eq(schemaVersions.schemaId, schemaId))
      .orderBy(desc(schemaVersions.version))
      .limit(1);
    if (!latest || JSON.stringify(latest.definition) !== JSON.stringify(definition)) {
      const version = (latest?.version ?? 0) + 1;
      await tx
        .insert(schemaVersions)
        .values({ id: newId(), schemaId, version, name: String(definition.name), definition });
    }
    return getSchema({ db: tx }, { slug });
  });
}

/**
 * `POST /api/schemas`: a new schema, whose slug stands in the definition.
 * @throws DefinitionError (400), RequestError 409 when the slug is taken
 */
export async function createSchema({ db }: { db: Executor }, input: unknown): Promise<SchemaDetail> {
  const { slug } = parseDefinition(input);
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(schemas)
      .values({ id: newId(), slug })
      .onConflictDoNothing()
      .returning({ id: schemas.id });
    if (made.length > 0) return putSchema({ db: tx }, { slug, definition: input });
    const fix = `PUT /api/schemas/${slug} adds a version`;
    throw new RequestError('conflict', 'slug_taken', `A schema ${slug} already exists: ${fix}`);
  });
}

/** Keeps the files of reference documents from the sweeper. After the schema's row is locked, as everywhere. @throws DefinitionError when one was not uploaded */
async function touchKnowledge(tx: Transaction, knowledge: readonly KnowledgeFile[]): Promise<void> {
  if (knowledge.length === 0) return;
  const hashes = knowledge.map(({ sha256 }) => sha256);
  const listed = inArray(files.sha256, hashes);
  // In the order in which an upload locks them.
  const touched = await tx
    .select({ sha256: files.sha256 })
    .from(files)
    .where(listed)
    .orderBy(files.sha256)
    .for('no key update');
  await tx.update(files).set({ touchedAt: new Date() }).where(listed);
  const known = new Set(touched.map(({ sha256 }) => sha256));
  const problem = 'names a file that was never uploaded: POST it to /api/schemas/{slug}/knowledge';
  const problems = hashes.flatMap((sha256, index) =>
    known.has(sha256) ? [] : [problemAt(`knowledge.${index}.sha256`, problem)],
  );
  if (problems.length > 0) throw new DefinitionError(problems);
}

/** The schema's row, made when it is new, locked: versions are numbered one after the other. */
export async function lockSchema(tx: Transaction, slug: string): Promise<string> {
  await tx.insert(schemas).values({ id: newId(), slug }).onConflictDoNothing();
  const [row] = await tx
    .update(schemas)
    .set({ archivedAt: null })
    .where(eq(schemas.slug, slug))
    .returning({ id: schemas.id });
  if (!row) throw new Error(`schema ${slug} vanished`);
  return row.id;
}
