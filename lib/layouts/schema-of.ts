import { desc, eq } from 'drizzle-orm';
import { type Definition, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { isStorable } from '#lib/core/storable.ts';
import type { Executor } from '#lib/db/client.ts';
import { schemas, schemaVersions } from '#lib/db/tables/sessions.ts';
import { unknownSchema } from '#lib/schemas/get.ts';

/** A schema by its slug, with its latest definition. @throws RequestError `unknown_schema` (404) */
export async function schemaOf(db: Executor, slug: string): Promise<{ id: string; definition: Definition }> {
  const [row] = isStorable(slug)
    ? await db
        .select({ id: schemas.id, definition: schemaVersions.definition })
        .from(schemas)
        .innerJoin(schemaVersions, eq(schemaVersions.schemaId, schemas.id))
        .where(eq(schemas.slug, slug))
        .orderBy(desc(schemaVersions.version))
        .limit(1)
    : [];
  if (!row) throw unknownSchema(slug);
  return { id: row.id, definition: parseSavedDefinition(row.definition, { slug }) };
}
