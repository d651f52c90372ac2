import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseClient, openDatabase } from '#lib/db/client.ts';
import { schemas, schemaVersions } from '#lib/db/tables/sessions.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import { archiveSchema, getSchema, listSchemas } from '#lib/schemas/get.ts';
import { createSchema, lockSchema, putSchema } from '#lib/schemas/put.ts';
import { ensureReadyMadeSchemas, readyMade } from '#lib/schemas/ready-made.ts';
import { testDatabase } from '#tests/support/database.ts';

let client: DatabaseClient;
let database: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase(database.url);
  // As before the first start.
  await client.db.execute(sql`truncate schemas cascade`);
});

afterAll(async () => {
  await client.close();
  await database.drop();
});

const bare = (...names: string[]) => ({
  title: 'Orders',
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
});

test('processes that start together give a new database each ready-made schema once', async () => {
  await Promise.all([1, 2, 3].map(() => ensureReadyMadeSchemas(client.db)));
  const listed = await listSchemas(client);
  expect(listed.map(({ slug, version }) => [slug, version])).toEqual([
    ['bank-statement', 1],
    ['invoice', 1],
    ['loan-accounts', 1],
    ['receipt', 1],
    ['resume', 1],
  ]);
});

test('a ready-made schema that somebody archived does not come back with the next start', async () => {
  await archiveSchema(client, 'resume');
  await ensureReadyMadeSchemas(client.db);
  expect((await listSchemas(client)).map(({ slug }) => slug)).not.toContain('resume');
});

test.each(readyMade.map((definition) => [definition.slug, definition]))('%s can be parsed', (slug, definition) => {
  expect(parseDefinition(definition)).toMatchObject({ slug });
});

test('putting makes a schema, and a new version only when it differs', async () => {
  expect(await putSchema(client, { slug: 'orders', definition: bare('A') })).toMatchObject({
    slug: 'orders',
    name: 'Orders',
    version: 1,
  });
  expect(await putSchema(client, { slug: 'orders', definition: bare('A') })).toMatchObject({ version: 1 });
  expect(await putSchema(client, { slug: 'orders', definition: bare('B', 'A') })).toMatchObject({
    version: 2,
    fields: ['B', 'A'],
  });
  expect(await putSchema(client, { slug: 'orders', definition: bare('A', 'B') })).toMatchObject({
    version: 3,
    fields: ['A', 'B'],
  });
});

test('an older version stays as it was', async () => {
  await putSchema(client, { slug: 'kept', definition: bare('A') });
  await putSchema(client, { slug: 'kept', definition: bare('B') });
  expect(await getSchema(client, { slug: 'kept', version: 1 })).toMatchObject({ version: 1, fields: ['A'] });
  expect((await getSchema(client, { slug: 'kept' })).versions.map(({ version }) => version)).toEqual([1, 2]);
});

test('a definition can be put again as it was got', async () => {
  const { definition } = await getSchema(client, { slug: 'invoice' });
  expect(await putSchema(client, { slug: 'invoice', definition })).toMatchObject({ version: 1 });
});

test('puts at the same time are numbered one after the other', async () => {
  await Promise.all(['A', 'B', 'C', 'D'].map((name) => putSchema(client, { slug: 'raced', definition: bare(name) })));
  expect((await getSchema(client, { slug: 'raced' })).versions.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
});

test('of two creations with one slug, one is refused', async () => {
  const definition = { slug: 'once', name: 'Once', fields: bare('A') };
  const results = await Promise.allSettled([createSchema(client, definition), createSchema(client, definition)]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = results.find((result) => result.status === 'rejected');
  expect(refused?.reason).toMatchObject({ status: 409, code: 'slug_taken' });
});

test('a wrong definition changes nothing', async () => {
  const before = [await client.db.$count(schemas), await client.db.$count(schemaVersions)];
  const wrong = { type: 'object', properties: { A: { type: 'money' } } };
  await expect(putSchema(client, { slug: 'wrong', definition: wrong })).rejects.toMatchObject({
    status: 400,
    code: 'invalid_definition',
  });
  expect([await client.db.$count(schemas), await client.db.$count(schemaVersions)]).toEqual(before);
});

test('an archived schema is not listed, can still be read, and comes back when it is put', async () => {
  await putSchema(client, { slug: 'old', definition: bare('A') });
  await archiveSchema(client, 'old');
  expect((await listSchemas(client)).map(({ slug }) => slug)).not.toContain('old');
  expect(await getSchema(client, { slug: 'old' })).toMatchObject({ version: 1 });
  await putSchema(client, { slug: 'old', definition: bare('A') });
  expect((await listSchemas(client)).map(({ slug }) => slug)).toContain('old');
});

test('an unknown schema or version is 404', async () => {
  await expect(getSchema(client, { slug: 'nothing' })).rejects.toMatchObject({ status: 404 });
  await expect(getSchema(client, { slug: 'invoice', version: 99 })).rejects.toMatchObject({ status: 404 });
  await expect(archiveSchema(client, 'nothing')).rejects.toMatchObject({ status: 404 });
});

test('a saved version whose pattern is not linear is listed with a notice, and cannot be saved again', async () => {
  const definition = { slug: 'old-pattern', name: 'Old', fields: bare('A') };
  await putSchema(client, { slug: 'old-pattern', definition });
  expect(await getSchema(client, { slug: 'old-pattern' })).toMatchObject({ notices: [] });

  const fields = { type: 'object', properties: { A: { type: 'string', pattern: '^(?=a)' } } };
  const message = 'contains a look-ahead, (?=…), which is not supported: rewrite the pattern without it';
  const notices = [{ path: 'fields.A.pattern', message }];
  await client.db.transaction(async (tx) => {
    const schemaId = await lockSchema(tx, 'old-pattern');
    const saved = { ...definition, fields };
    await tx.insert(schemaVersions).values({ id: newId(), schemaId, version: 2, name: 'Old', definition: saved });
  });
  expect(await getSchema(client, { slug: 'old-pattern' })).toMatchObject({ version: 2, notices });
  expect(await getSchema(client, { slug: 'old-pattern', version: 1 })).toMatchObject({ version: 1, notices: [] });
  expect((await listSchemas(client)).find(({ slug }) => slug === 'old-pattern')).toMatchObject({ notices });
  await expect(putSchema(client, { slug: 'old-pattern', definition: { ...definition, fields } })).rejects.toMatchObject(
    {
      problems: notices,
    },
  );
});
