import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, type DatabaseClient, openDatabase } from '#lib/db/client.ts';
import { settings } from '#lib/db/tables/installation.ts';
import { savedViews } from '#lib/db/tables/reviews.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { StatementError } from '#lib/db/statement-error.ts';
import { isDatabaseDown } from '#lib/db/unavailable.ts';
import { newId } from '#lib/id.ts';
import { testDatabase } from '#tests/support/database.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let client: DatabaseClient;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase(database.url);
  await client.db.insert(savedViews).values({ id: newId(), name: canary, query: canary });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

const canary = 'R-2041 Northwind Traders';

/** Statements that fail because of what is written, with the SQLSTATE that they fail with. */
const failing: [string, string, (db: Database) => PromiseLike<unknown>][] = [
  ['a value that is there already', '23505', (db) => view(db, { name: canary })],
  [
    'a value that is missing',
    '23502',
    (db) => db.execute(sql`insert into saved_views (name, query) values (${canary}, ${canary})`),
  ],
  ['a reference to nothing', '23503', (db) => session(db, { priority: 1 })],
  ['a value that a check refuses', '23514', (db) => session(db, { priority: 7 })],
  ['text for a UUID', '22P02', (db) => db.execute(sql`select ${canary}::uuid`)],
  ['text for a state', '22P02', (db) => db.execute(sql`select ${canary}::session_status`)],
  ['text for JSON', '22P02', (db) => db.execute(sql`select ${`{"a": ${canary}`}::jsonb`)],
  ['text for a number', '22P02', (db) => db.execute(sql`select ${canary}::int`)],
  ['text for a search', '42601', (db) => db.execute(sql`select ${canary}::tsquery`)],
  ['a NUL in JSON', '22P05', (db) => db.insert(settings).values({ key: canary, value: { a: `${canary}\0` } })],
  ['a NUL in text', '22021', (db) => view(db, { name: `${canary}\0` })],
  ['a key that is too long', '54000', (db) => view(db, { name: longCanary() })],
  ['a table that is not there', '42P01', (db) => db.execute(sql`select ${canary} from nowhere`)],
];

function view(db: Database, { name }: { name: string }) {
  return db.insert(savedViews).values({ id: newId(), name, query: canary });
}

function session(db: Database, { priority }: { priority: number }) {
  const values = { id: newId(), name: canary, schemaVersionId: newId(), engine: 'builtin' as const, documentsTotal: 1 };
  return db.insert(sessions).values({ ...values, priority });
}

/** Too long for an index also when compressed. */
function longCanary(): string {
  return Array.from({ length: 3000 }, () => `${canary}${newId()}`).join('');
}

describe.each(failing)('a statement that fails on %s', (_what, code, statement) => {
  it('says so without quoting it', async () => {
    const error: unknown = await Promise.resolve(statement(client.db)).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StatementError);
    expect(error).toMatchObject({ code });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('Northwind');
    expect(isDatabaseDown(error)).toBe(false);
  });
});

describe('what counts as an outage', () => {
  it('is a server that refuses connections or cannot be found', async () => {
    const urls = ['postgres://sluice@127.0.0.1:1/sluice', 'postgres://sluice@nowhere.invalid/sluice'];
    for (const url of urls) {
      const away = openDatabase(url);
      expect(await refusal(away.db)).toSatisfy(isDatabaseDown);
      await away.close();
    }
  });

  it('is no database, user or password that is unknown', async () => {
    const url = new URL(database.url);
    url.pathname = '/nowhere';
    const wrong = openDatabase(url.href);
    const error = await refusal(wrong.db);
    expect(error).toMatchObject({ code: '3D000' });
    expect(isDatabaseDown(error)).toBe(false);
    await wrong.close();
  });

  it('is no statement that is too large to be sent, and no value that cannot be', async () => {
    const numbers = Array.from({ length: 70_000 }, (_, index) => sql`${index}`);
    const tooMany = await refusal(
      client.db,
      sql`select * from (values (1)) v (n) where n in (${sql.join(numbers, sql`, `)})`,
    );
    expect(isDatabaseDown(tooMany)).toBe(false);
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(isDatabaseDown(await refusal(client.db, sql`select ${loop}`))).toBe(false);
    // The connection is as good as before.
    expect(await refusal(client.db)).toBeNull();
  });
});

function refusal(db: Database, statement = sql`select 1`): Promise<unknown> {
  return Promise.resolve(db.execute(statement)).then(
    () => null,
    (reason: unknown) => reason,
  );
}
