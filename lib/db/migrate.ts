import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { aliveSeconds } from '#lib/db/alive.ts';
import { oldestProgram, programVersion, VersionError } from './version.ts';

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
/** Any fixed number: processes that start together migrate one after the other. */
const lockNumber = 5_108_423;

/**
 * Brings a database's tables up to date and records its version. Safe to run in several processes at once.
 * @throws VersionError while a worker runs that could not use the tables afterwards; nothing is changed then
 */
export async function migrate(url: string, oldest = oldestProgram): Promise<void> {
  const connection = postgres(url, { max: 1, onnotice: () => {} });
  const db = drizzle(connection);
  try {
    await db.execute(sql`select pg_advisory_lock(${lockNumber})`);
    await refuseOldWorkers(db, oldest);
    await applyBetweenOthers(db);
    await recordVersion(db, programVersion, oldest);
  } finally {
    await connection.end({ timeout: 5 });
  }
}

/** A statement that waits for a table holds up all who come to use that table after it. */
const maxLockWaitMs = 1000;
const pauseMs = 1000;
const maxTries = 60;

/** All pending migrations in one transaction, which waits for a lock a moment only and is then tried again. */
async function applyBetweenOthers(db: PostgresJsDatabase): Promise<void> {
  await db.execute(sql.raw(`set lock_timeout = ${maxLockWaitMs}`));
  for (let tries = 1; ; tries++) {
    try {
      return await applyMigrations(db, { migrationsFolder });
    } catch (error) {
      if (tries === maxTries || !isLockTimeout(error)) throw error;
      await sleep(pauseMs);
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof postgres.PostgresError && cause.code === '55P03';
}

/** What a worker runs that does not record its version: the last release before workers did. */
const unrecordedVersion = 6;

async function refuseOldWorkers(db: PostgresJsDatabase, oldest: number): Promise<void> {
  const [{ known } = { known: false }] = await db.execute<{ known: boolean }>(sql`
    select exists (select from information_schema.columns
      where table_schema = current_schema() and table_name = 'workers' and column_name = 'version') as known`);
  if (!known) return;
  const [old] = await db.execute<{ name: string; host: string; version: number }>(sql`
    select name, host, coalesce(nullif(version, 0), ${unrecordedVersion}::int) as version from workers
    where coalesce(nullif(version, 0), ${unrecordedVersion}::int) < ${oldest}
      and heartbeat_at > now() - make_interval(secs => ${aliveSeconds}) limit 1`);
  if (!old) return;
  throw new VersionError(
    `The worker ${old.name} on ${old.host} still runs program version ${old.version}, which cannot use the migrated ` +
      `database: stop or update every process older than version ${oldest}, then migrate again`,
  );
}

/** A program older than the database changes nothing of what a newer one has recorded. */
async function recordVersion(db: PostgresJsDatabase, version: number, oldest: number): Promise<void> {
  await db.execute(sql`
    insert into database_version (id, version, oldest_program) values (1, ${version}, ${oldest})
    on conflict (id) do update set version = excluded.version, oldest_program = excluded.oldest_program, migrated_at = now()
    where database_version.version <= excluded.version`);
}
