import { sql } from 'drizzle-orm';
import { z } from 'zod';
import journal from '../../drizzle/meta/_journal.json' with { type: 'json' };
import type { Executor } from './client.ts';

/**
 * The oldest program, by its number of migrations, that may still use the database once this program has migrated it.
 * Raise it together with a migration that removes or renames something: such a migration comes one release after the
 * program has stopped using it (docs/operate.md).
 */
export const oldestProgram = 6;

const versionRow = z.object({ version: z.number(), oldest_program: z.number() });

/** What the database says about itself: its number of migrations, and the oldest program that may still use it. */
export interface DatabaseVersion {
  version: number;
  oldestProgram: number;
}

/** The database was migrated for another version of Sluice than this one. Its message says what to do. */
export class VersionError extends Error {
  override name = 'VersionError';
}

/** The version of this program: how many migrations it comes with. */
export const programVersion = journal.entries.length;

/** null where nothing has migrated the database yet. */
export async function readVersion(db: Executor): Promise<DatabaseVersion | null> {
  const { rows: tables } = await db.execute<{ name: string | null }>(
    sql`select to_regclass('database_version')::text as name`,
  );
  if (!tables[0]?.name) return null;
  const {
    rows: [row],
  } = await db.execute(sql`select version, oldest_program from database_version`);
  if (!row) return null;
  const parsed = versionRow.parse(row);
  return { version: parsed.version, oldestProgram: parsed.oldest_program };
}

/** Refuses a database that this program cannot use. @throws VersionError, in one sentence that says what to do */
export async function checkVersion(db: Executor): Promise<void> {
  const found = await readVersion(db);
  if (!found) throw new VersionError('The database has no tables yet: run npm run migrate');
  if (found.version < programVersion) {
    throw new VersionError(
      `The database is at version ${found.version} and this program needs version ${programVersion}: run npm run migrate`,
    );
  }
  if (programVersion < found.oldestProgram) {
    throw new VersionError(
      `The database is at version ${found.version}, which programs older than version ${found.oldestProgram} cannot use, ` +
        `and this one is version ${programVersion}: update Sluice on this machine`,
    );
  }
}
