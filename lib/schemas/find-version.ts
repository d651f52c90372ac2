import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { schemas, schemaVersions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isStorable } from '#lib/core/storable.ts';

/**
 * The version of a schema that new work uses: the latest.
 * @throws RequestError when no such schema exists, or it is archived.
 */
export async function findSchemaVersion(db: Executor, slug: string) {
  if (!slug) throw new RequestError('invalid', 'no_schema', 'No schema was given: choose what to extract');
  const [found] = isStorable(slug)
    ? await db
        .select({ id: schemaVersions.id, version: schemaVersions.version, definition: schemaVersions.definition })
        .from(schemas)
        .innerJoin(schemaVersions, eq(schemaVersions.schemaId, schemas.id))
        .where(and(eq(schemas.slug, slug), isNull(schemas.archivedAt)))
        .orderBy(desc(schemaVersions.version))
        .limit(1)
    : [];
  if (found) return found;
  throw new RequestError(
    'invalid',
    'unknown_schema',
    `There is no schema ${JSON.stringify(slug)}: GET /api/schemas lists them`,
  );
}
