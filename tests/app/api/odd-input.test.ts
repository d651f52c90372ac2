import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '#lib/context.ts';
import { schemas, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { archiveSchema, getSchema } from '#lib/schemas/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { apiVerbs, type KnownIds, oddCalls } from '#tests/support/odd-requests.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const shared: { sluice?: Promise<Context> } = globalThis as never;
const verbs = await apiVerbs();
const verb = (route: string, method: string) => {
  const found = verbs.find((one) => one.route === route && one.method === method);
  if (!found) throw new Error(`no ${method} ${route}`);
  return found;
};

let context: TestContext;
let worker: TestWorker;
let known: KnownIds;

beforeAll(async () => {
  worker = await testWorker();
  ({ context } = worker);
  shared.sluice = Promise.resolve(context);
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      fields: {
        type: 'object',
        properties: {
          Code: { type: 'string', 'x-aliases': ['Reference'] },
          Items: {
            type: 'array',
            items: { type: 'object', properties: { Item: { type: 'string' }, Price: { type: 'number' } } },
          },
        },
      },
    },
  });
  const text = 'Order\nReference: R-1\n\nItem      Price\nChair     10.00\nTable     25.00\n';
  const session = await createSession(context, { files: [await spoolText(context, 'a.txt', text)], schema: 'order' });
  await worker.finished(session);
  const { accounts } = await getResults(context, { sessionId: session });
  const fields = accounts.flatMap((account) => account.fields);
  known = {
    session,
    document: accounts[0]?.document_id ?? '',
    values: fields.map(({ id }) => id),
    rows: fields.flatMap(({ row_id }) => row_id ?? []),
  };
});
afterAll(() => worker.close());

interface Call {
  route: string;
  method: string;
  params?: Partial<Record<string, string>>;
  query?: Partial<Record<string, string>>;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What a route answers: its status and the error's code and message. */
async function ask({ route, method, params = {}, query = {}, body, headers = {} }: Call) {
  const address = new URL('http://127.0.0.1/api');
  for (const [key, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(key, value);
  const hasBody = body !== undefined && method !== 'GET';
  const answer = await verb(route, method).call(
    new Request(address, {
      method,
      headers,
      ...(hasBody ? { body: body instanceof FormData ? body : JSON.stringify(body) } : {}),
    }),
    { params: Promise.resolve(params as Record<string, string>) },
  );
  const type = answer.headers.get('content-type') ?? '';
  const { error = null } = type.includes('json') && answer.status >= 400 ? await answer.json() : {};
  if (!type.includes('json') || answer.status < 400) await answer.body?.cancel();
  return { status: answer.status, code: error?.code ?? null, message: error?.message ?? null };
}

test('every verb of the API is tried, on values and rows that exist', () => {
  expect(known.rows.length).toBeGreaterThan(0);
  expect(verbs.length).toBeGreaterThan(40);
});

describe('what the database cannot hold is refused in a sentence', () => {
  const nul = 'a\0b';
  const half = 'a\ud83d';
  const beyond = 3_000_000_000;
  const edit = (operation: object) => ({
    route: 'sessions/[id]/edits',
    method: 'POST',
    body: { operations: [operation] },
  });
  const insert = { op: 'insert_row', path: 'Items', values: { Item: 'Lamp' } };
  const cases: [string, () => Call, number][] = [
    ['a run', () => ({ route: 'sessions/[id]/results', method: 'GET', query: { run: `${beyond}` } }), 400],
    ['a version of a schema', () => ({ route: 'schemas/[slug]', method: 'GET', query: { version: `${beyond}` } }), 400],
    ['a schema in a path', () => ({ route: 'schemas/[slug]', method: 'GET', params: { slug: nul } }), 404],
    ['a schema to archive', () => ({ route: 'schemas/[slug]/archive', method: 'POST', params: { slug: nul } }), 404],
    ['a search', () => ({ route: 'sessions', method: 'GET', query: { q: nul } }), 400],
    ['a filter', () => ({ route: 'sessions', method: 'GET', query: { schema: nul } }), 400],
    ['an account to add a row to', () => edit({ ...insert, document_id: known.document, account_index: beyond }), 400],
    ['a column', () => edit({ ...insert, document_id: known.document, account_index: 0, values: { [nul]: 1 } }), 400],
    ['the id of a value', () => edit({ op: 'confirm', id: '-'.repeat(36) }), 400],
    ['a value', () => edit({ op: 'set', id: known.values[0], value: half }), 400],
    ['one value', () => ({ route: 'sessions/[id]/values/[value_id]', method: 'PATCH', body: { value: nul } }), 400],
    [
      'an account to extract',
      () => ({
        route: 'sessions/[id]/extract',
        method: 'POST',
        body: { scope: { document_id: known.document, account_index: beyond } },
      }),
      400,
    ],
    ['the name of a view', () => ({ route: 'views', method: 'POST', body: { name: half, filter: { q: 'a' } } }), 400],
    ['the reason to verify', () => ({ route: 'sessions/[id]/verify', method: 'POST', body: { reason: nul } }), 400],
    [
      'the instructions of a schema',
      () => ({
        route: 'schemas/[slug]',
        method: 'PUT',
        body: { name: 'Order', instructions: nul, fields: { type: 'object', properties: { A: { type: 'string' } } } },
      }),
      400,
    ],
    [
      'the name of a field',
      () => ({
        route: 'schemas/[slug]',
        method: 'PUT',
        body: { name: 'Order', fields: { type: 'object', properties: { [half]: { type: 'string' } } } },
      }),
      400,
    ],
    [
      'an Idempotency-Key',
      () => ({
        route: 'sessions',
        method: 'POST',
        headers: { 'idempotency-key': 'k'.repeat(8192) },
        body: new FormData(),
      }),
      400,
    ],
  ];

  test.each(cases)('%s', async (_, asked, status) => {
    const params = { id: known.session, slug: 'order', value_id: known.values[0] ?? '' };
    const answer = await ask({ params, ...asked() });
    expect(answer).toMatchObject({ status, message: expect.stringMatching(/\w+ \w+/) });
  });
});

test('a repeated request gets its session also when its schema was archived since', async () => {
  await putSchema(context, {
    slug: 'short-lived',
    definition: {
      name: 'S',
      fields: { type: 'object', properties: { A: { type: 'string' } } },
    },
  });
  const input = { files: [await spoolText(context, 'b.txt', 'A: 1')], schema: 'short-lived', idempotencyKey: 'once' };
  const id = await createSession(context, input);
  await archiveSchema(context, 'short-lived');
  expect(await createSession(context, input)).toBe(id);
});

test('a name is kept in the form in which people type it, without marks that turn its direction', async () => {
  const file = await spoolText(context, 'Re\u0301sume\u0301 \u202Efdp.exe\0\u2066.txt', 'x');
  expect(file.name).toBe('Résumé fdp.exe.txt');
  expect((await spoolText(context, `${'x'.repeat(199)}😀.txt`, 'x')).name.isWellFormed()).toBe(true);
});

test('a schema that an earlier version stored with NUL characters is read without them', async () => {
  const { definition } = await getSchema(context, { slug: 'order' });
  const stored = JSON.stringify({ ...definition, slug: 'stored-before' }).replace('"Code":{', '"Co\\u0000de":{');
  const schemaId = newId();
  await context.db.insert(schemas).values({ id: schemaId, slug: 'stored-before' });
  await context.db
    .insert(schemaVersions)
    .values({ id: newId(), schemaId, version: 1, name: 'Order', definition: JSON.parse(stored) });
  const session = await createSession(context, {
    files: [await spoolText(context, 'c.txt', 'Order\nReference: R-2\n')],
    schema: 'stored-before',
  });
  await expect
    .poll(async () => (await context.db.select().from(sessions)).find(({ id }) => id === session)?.status, {
      timeout: 20_000,
    })
    .toBe('in_progress');
  const [account] = (await getResults(context, { sessionId: session })).accounts;
  expect(account?.data).toMatchObject({ Code: 'R-2' });
});

describe('no odd text and no odd number is an error of ours', () => {
  test.each(verbs.map(({ method, route }) => [method, route]))('%s %s', async (method, route) => {
    await fc.assert(
      fc.asyncProperty(oddCalls(route, known), async (call) => {
        const answer = await ask({ route, method, ...call });
        expect(answer).not.toMatchObject({ status: 500 });
      }),
      { numRuns: 30 },
    );
  });
});
