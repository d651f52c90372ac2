import type { SchemaDetail, SchemaSummary } from '#lib/core/contract/schemas.ts';
import { z } from 'zod';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Executor } from '#lib/db/client.ts';
import { schemas, schemaVersions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { priorities } from '#lib/core/schema/definition.ts';
import { isStorable } from '#lib/core/storable.ts';
import { noticesOf } from './notices.ts';

const columns = {
  slug: schemas.slug,
  versionId: schemaVersions.id,
  createdAt: schemas.createdAt,
  name: schemaVersions.name,
  version: schemaVersions.version,
  definition: schemaVersions.definition,
  updatedAt: schemaVersions.createdAt,
};

/** The latest version of every schema that is not archived, by name. */
export async function listSchemas({ db }: { db: Executor }): Promise<SchemaSummary[]> {
  const rows = await db
    .selectDistinctOn([schemas.id], columns)
    .from(schemas)
    .innerJoin(schemaVersions, eq(schemaVersions.schemaId, schemas.id))
    .where(isNull(schemas.archivedAt))
    .orderBy(schemas.id, desc(schemaVersions.version));
  return rows.map(toSummary).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** @throws RequestError `unknown_schema` (404) */
export async function getSchema(
  { db }: { db: Executor },
  { slug, version }: { slug: string; version?: number | undefined },
): Promise<SchemaDetail> {
  if (!isStorable(slug)) throw unknownSchema(slug);
  const [row] = await db
    .select(columns)
    .from(schemas)
    .innerJoin(schemaVersions, eq(schemaVersions.schemaId, schemas.id))
    .where(and(eq(schemas.slug, slug), version ? eq(schemaVersions.version, version) : undefined))
    .orderBy(desc(schemaVersions.version))
    .limit(1);
  if (!row) throw unknownSchema(slug);
  const versions = await db
    .select({ version: schemaVersions.version, name: schemaVersions.name, createdAt: schemaVersions.createdAt })
    .from(schemaVersions)
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .where(eq(schemas.slug, slug))
    .orderBy(asc(schemaVersions.version));
  return {
    ...toSummary(row),
    definition: row.definition,
    versions: versions.map((one) => ({
      version: one.version,
      name: one.name,
      created_at: one.createdAt.toISOString(),
    })),
  };
}

/** @throws RequestError `unknown_schema` (404) */
export async function archiveSchema({ db }: Pick<Context, 'db'>, slug: string): Promise<void> {
  if (!isStorable(slug)) throw unknownSchema(slug);
  const archived = await db.update(schemas).set({ archivedAt: new Date() }).where(eq(schemas.slug, slug)).returning();
  if (archived.length === 0) throw unknownSchema(slug);
}

export function unknownSchema(slug: string): RequestError {
  return new RequestError('not_found', 'unknown_schema', `There is no schema ${JSON.stringify(slug)}`);
}

interface SchemaRow {
  slug: string;
  versionId: string;
  name: string;
  version: number;
  definition: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}

const storedSchema = z.object({ fields: z.object({ properties: z.record(z.string(), z.unknown()).optional() }) });

function toSummary(row: SchemaRow): SchemaSummary {
  const { fields } = storedSchema.parse(row.definition);
  return {
    slug: row.slug,
    name: row.name,
    version: row.version,
    fields: Object.keys(fields.properties ?? {}),
    priority: priorities.find((priority) => priority === row.definition.priority) ?? 'normal',
    sessions: row.definition.sessions === 'per_file' ? 'per_file' : 'together',
    notices: noticesOf({ id: row.versionId, definition: row.definition }),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
