import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owner } from '#lib/core/actor.ts';
import { type Context, openServices, type Services } from '#lib/context.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { parseEnv } from '#lib/env.ts';
import { createLogger } from '#lib/log.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { spoolText, until } from '#tests/support/context.ts';
import { testDatabase } from '#tests/support/database.ts';
import { reportIdleWorker } from '#tests/support/worker-row.ts';
import { apiVerbs } from '#tests/support/odd-requests.ts';
import { startWorker } from '#worker/worker.ts';

const canary = 'Northwind-R-2041';
/** Tables that are made to refuse every row that is written. */
const refusing = ['documents', 'edits', 'field_values', 'files', 'schemas', 'settings'];
/** Tables of which PostgreSQL says that writing to them is a deadlock. */
const deadlocking = ['saved_views', 'review_claims'];

const shared: { sluice?: Promise<Services> } = globalThis as never;
const verbs = await apiVerbs();
const lines: string[] = [];
const log = createLogger('test', 'debug', { write: (line) => void lines.push(line) });
const said = () => lines.splice(0).join('');

let database: Awaited<ReturnType<typeof testDatabase>>;
let dir: string;
let context: Context & { close(): Promise<void> };
const known = { session: '', value: '', locked: '' };

beforeAll(async () => {
  database = await testDatabase();
  dir = await mkdtemp(join(tmpdir(), 'sluice-canary-'));
  context = {
    ...(await openServices('test', parseEnv({ DATABASE_URL: database.url, DATA_DIR: dir }), { monitor: false, log })),
    actor: owner,
  };
  shared.sluice = Promise.resolve(context);
  const fields = { type: 'object', properties: { Reference: { type: 'string' } } };
  await putSchema(context, { slug: 'order', definition: { name: `Order ${canary}`, fields } });
  const upload = async (text: string) =>
    createSession(context, { files: [await spoolText(context, `${canary}.txt`, text)], schema: 'order' });
  known.session = await upload(`Reference: ${canary}`);
  const locked = await upload(`Reference: ${canary} too`);
  const worker = await startWorker(context, () => {});
  for (const id of [known.session, locked]) {
    await until(
      () => getSession(context, id),
      ({ status }) => status === 'in_progress',
      120_000,
    );
  }
  await worker.stop(0);
  const { accounts } = await getResults(context, { sessionId: known.session });
  known.value = accounts[0]?.fields[0]?.id ?? '';
  const [document] = await context.db
    .update(documents)
    .set({ status: 'failed', failureReason: 'encrypted_file', failureMessage: 'locked' })
    .where(eq(documents.sessionId, locked))
    .returning();
  known.locked = document?.id ?? '';
  await context.db.update(sessions).set({ partial: true }).where(eq(sessions.id, locked));
  await reportIdleWorker(context);
  // For the worker that cannot write.
  await upload(`Reference: ${canary} later`);
  await sabotage();
  said();
});
afterAll(async () => {
  delete shared.sluice;
  await context.close();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

async function sabotage(): Promise<void> {
  for (const table of refusing) {
    await context.db.execute(sql.raw(`alter table ${table} add constraint no_${table} check (false) not valid`));
  }
  await context.db.execute(sql`
    create function deadlock() returns trigger language plpgsql as $$
    begin raise exception 'deadlock detected' using errcode = '40P01', detail = new::text; end $$`);
  for (const table of deadlocking) {
    await context.db.execute(
      sql.raw(`
      create trigger deadlock before insert on ${table} for each row execute function deadlock()`),
    );
  }
}

async function ask(method: string, route: string, body: unknown): Promise<{ status: number; text: string }> {
  const verb = verbs.find((one) => one.route === route && one.method === method);
  if (!verb) throw new Error(`no ${method} ${route}`);
  const isForm = body instanceof FormData;
  const request = new Request('http://127.0.0.1/api', {
    method,
    headers: { 'idempotency-key': canary },
    body: isForm ? body : JSON.stringify(body),
  });
  const params = { id: known.session, doc_id: known.locked, value_id: known.value, slug: 'order' };
  const response = await verb.call(request, { params: Promise.resolve(params) });
  return { status: response.status, text: await response.text() };
}

const fields = { type: 'object', description: canary, properties: { [canary]: { type: 'string' } } };
const form = () => {
  const data = new FormData();
  data.set('schema', 'order');
  data.set('name', canary);
  data.append('files', new File([`Reference: ${canary}`], `${canary}.txt`));
  return data;
};

describe('a request that fails in the database says nothing of what it carried, in its response or in the log:', () => {
  it.each<[string, string, string, () => unknown]>([
    ['POST', 'schemas', 'no_schemas', () => ({ slug: 'another', name: canary, fields })],
    ['PUT', 'schemas/[slug]', 'no_schemas', () => ({ name: canary, fields })],
    ['POST', 'sessions', 'no_files', form],
    [
      'POST',
      'sessions/[id]/edits',
      'no_field_values',
      () => ({ operations: [{ op: 'set', id: known.value, value: canary }] }),
    ],
    ['PATCH', 'sessions/[id]/values/[value_id]', 'no_field_values', () => ({ value: canary })],
    ['POST', 'sessions/[id]/verify', 'no_edits', () => ({ reason: canary })],
    ['POST', 'document/[doc_id]/password', 'no_documents', () => ({ password: canary })],
    ['PUT', 'settings', 'no_settings', () => ({ prices: { [canary]: { input: 1, cached: 1, output: 1 } } })],
    ['POST', 'views', '40P01', () => ({ name: canary, filter: { q: canary } })],
    ['POST', 'sessions/[id]/claim', '40P01', () => ({ holder: canary })],
  ])('%s /api/%s (%s)', async (method, route, cause, body) => {
    const { status, text } = await ask(method, route, body());
    const logged = said();
    expect(status).toBe(500);
    expect(logged).toContain(cause);
    expect(text + logged).not.toContain(canary);
  });
});

it('PostgreSQL itself does quote it', async () => {
  const server = postgres(database.url, { max: 1 });
  const writing = server`insert into settings (key, value) values (${canary}, '1')`;
  await expect(writing).rejects.toMatchObject({ detail: expect.stringContaining(canary) });
  await server.end();
});

it('a worker that cannot write says nothing of its documents in the log', async () => {
  const worker = await startWorker(context, () => {});
  await until(
    async () => lines.join(''),
    (text) => text.includes('no_documents'),
    120_000,
  );
  await worker.stop(0);
  expect(said()).not.toContain(canary);
});

describe('a process that cannot open its context', () => {
  const open = (url: string) =>
    openServices('test', parseEnv({ DATABASE_URL: url, DATA_DIR: dir }), { monitor: false, log });
  const answers = async (opening: Promise<Services>) => {
    shared.sluice = opening;
    const { status, text } = await ask('POST', 'views', {});
    shared.sluice = Promise.resolve(context);
    return { status, ...JSON.parse(text).error };
  };

  it('tells an outage as one', async () => {
    const away = open(`postgres://sluice:${canary}@127.0.0.1:1/sluice`);
    expect(await answers(away)).toMatchObject({ status: 503, code: 'database_unavailable' });
    log.error({ err: await away.catch((error: unknown) => error) });
    expect(said()).not.toContain(canary);
  });

  it('tells anything else as an error of ours', async () => {
    const unknown = open(new URL('/nowhere', database.url).href);
    expect(await answers(unknown)).toMatchObject({ status: 500, code: 'internal' });
    expect(await answers(Promise.reject(new TypeError('a mistake')))).toMatchObject({ status: 500, code: 'internal' });
  });
});
