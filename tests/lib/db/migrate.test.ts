import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate } from '#lib/db/migrate.ts';
import { until } from '#tests/support/context.ts';
import { withDatabase } from '#tests/support/database.ts';

const name = `migrate_${randomUUID().replaceAll('-', '')}`;
const url = withDatabase(inject('postgresUrl'), name);
let server: Sql;
beforeAll(async () => {
  server = postgres(inject('postgresUrl'), { max: 1 });
  await server.unsafe(`create database ${name}`);
});
afterAll(async () => {
  await server.unsafe(`drop database ${name} with (force)`);
  await server.end();
});

const waitingForLocks = async () =>
  (await server`select 1 from pg_stat_activity where datname = ${name} and wait_event_type = 'Lock'`).length;

describe('a migration', () => {
  it('waits for a lock a moment only, and tries again, so that no one waits behind it', async () => {
    const holder = postgres(url, { max: 1 });
    const release = Promise.withResolvers<void>();
    const holding = holder.begin(async (sql) => {
      // The first migration makes a table of this name, and waits for this one.
      await sql`create table schemas ()`;
      await release.promise;
      throw new Error('rolled back');
    });
    holding.catch(() => undefined);
    const migrating = migrate(url);
    await until(waitingForLocks, (count) => count > 0, 120_000);
    await until(waitingForLocks, (count) => count === 0, 120_000);
    await until(waitingForLocks, (count) => count > 0, 120_000);
    release.resolve();
    await expect(holding).rejects.toThrow('rolled back');
    await migrating;
    expect((await holder`select version from database_version`).length).toBe(1);
    await holder.end();
  }, 300_000);

  it('leaves out an index that was built before it, without holding up writers', async () => {
    const read = (file: string) => readFile(`drizzle/${file}`, 'utf8');
    // Older than the rule, and an example of what breaks it.
    expect(blockingIndexes(await read('0008_document_indexes.sql'))).toEqual(['documents_status', 'documents_waiting']);
    const files = (await readdir('drizzle')).filter((file) => file.endsWith('.sql') && file > '0009');
    const blocking = await Promise.all(files.map(async (file) => blockingIndexes(await read(file))));
    expect(blocking.flat()).toEqual([]);
  });
});

/** Indexes of tables that exist already which are not made with IF NOT EXISTS. */
function blockingIndexes(text: string): string[] {
  const made = new Set([...text.matchAll(/create table (?:if not exists )?"(\w+)"/gi)].map(([, table]) => table));
  const indexes = [...text.matchAll(/create (?:unique )?index "(\w+)" on "(\w+)"/gi)];
  return indexes.flatMap(([, index = '', table]) => (made.has(table) ? [] : index));
}
