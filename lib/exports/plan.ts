import { and, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError, unknownSession } from '#lib/core/errors.ts';
import type { ExportedSchema } from '#lib/core/export/input.ts';
import { type Definition, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { isId } from '#lib/id.ts';
import { type SessionTarget, targetCondition } from '../sessions/target.ts';
import { selectSessions } from '../sessions/summary.ts';

/** What an export will hold, known before its first byte. */
export interface ExportPlan {
  /** What the sessions of it fulfil, for a query of `selectSessions`. */
  where: SQL | undefined;
  schemas: ExportedSchema[];
  /** By the version's id. */
  definitions: ReadonlyMap<string, Definition>;
  /** Ids that were named and are no sessions. */
  unknownIds: string[];
  /** Of the only session, where one was asked for. */
  name: string | null;
}

/**
 * Looks what there is to export.
 * @throws RequestError 404 when there is no such session, 409 when none of them has values
 */
export async function planExport(db: Executor, target: SessionTarget): Promise<ExportPlan> {
  const where = targetCondition(target);
  const known = 'ids' in target ? await knownIds(db, target.ids) : null;
  if ('ids' in target && known?.size === 0) throw unknownIds(target.ids);
  const [one, second] = await selectSessions(db).where(where).orderBy(desc(sessions.id)).limit(2);
  if (!one) throw new RequestError('not_found', 'no_sessions', 'No session matches this filter');
  const [withValues] = await selectSessions(db)
    .where(and(where, gt(sessions.accounts, 0)))
    .limit(1);
  if (!withValues) throw nothingYet(second ? null : one);
  return {
    where,
    ...(await schemasOf(db, where)),
    unknownIds: 'ids' in target ? target.ids.filter((id) => !known?.has(id.toLowerCase())) : [],
    name: 'ids' in target && target.ids.length === 1 ? one.name : null,
  };
}

async function knownIds(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const valid = sql.param(ids.filter(isId));
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(sql`${sessions.id} = any(${valid}::uuid[])`);
  return new Set(rows.map(({ id }) => id));
}

function unknownIds([first = '', ...others]: readonly string[]): RequestError {
  if (others.length === 0) return unknownSession(first);
  return new RequestError('not_found', 'unknown_session', `None of these ${others.length + 1} sessions exists`);
}

function nothingYet(session: { status: string; failureMessage: string | null } | null): RequestError {
  const why =
    session === null
      ? 'None of these sessions has values yet'
      : session.status === 'processing'
        ? 'This session has no values yet: it is still being processed. Export it when it is ready'
        : `This session has no values: ${session.failureMessage ?? 'nothing was extracted. Retry it, then export it'}`;
  return new RequestError('conflict', 'nothing_to_export', why);
}

/** Every schema of these sessions, with the versions that their current runs use, the latest first. */
async function schemasOf(db: Executor, where: SQL | undefined): Promise<Pick<ExportPlan, 'schemas' | 'definitions'>> {
  const used = db
    .selectDistinct({ id: sessions.schemaVersionId })
    .from(sessions)
    .innerJoin(schemaVersions, eq(schemaVersions.id, sessions.schemaVersionId))
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .where(where);
  const rows = await db
    .select({ id: schemaVersions.id, slug: schemas.slug, name: schemaVersions.name, json: schemaVersions.definition })
    .from(schemaVersions)
    .innerJoin(schemas, eq(schemas.id, schemaVersions.schemaId))
    .where(inArray(schemaVersions.id, used))
    .orderBy(schemas.slug, desc(schemaVersions.version));
  const parsed = rows.map((row) => ({ ...row, definition: parseSavedDefinition(row.json, { slug: row.slug }) }));
  return {
    definitions: new Map(parsed.map(({ id, definition }) => [id, definition])),
    schemas: [...Map.groupBy(parsed, ({ slug }) => slug)].map(([slug, versions]) => ({
      slug,
      name: versions[0]?.name ?? slug,
      versions: versions.map(({ definition }) => definition),
    })),
  };
}
