import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { liveWorkers } from '#lib/workers/registry.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { goldAnswer, type ModelServer, type Reply, startModelServer } from '#tests/support/model-server.ts';
import { skippingClock } from '#tests/support/skipping-clock.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

const tenMinutes = 600_000;
const clock = skippingClock();
let asksToWait = true;
let server: ModelServer;
let context: TestContext;
let worker: Worker;
beforeAll(async () => {
  server = await startModelServer({
    answer: ({ pageText }): Reply =>
      asksToWait
        ? { status: 429, headers: { 'retry-after': String(tenMinutes / 1000) } }
        : { answer: goldAnswer({ reference: 'R-1' }, pageText) },
  });
  context = await testContext({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model', WORKER_DOCUMENTS: '3' });
  const fields = { type: 'object', properties: { reference: { type: 'string' } } };
  await putSchema(context, { slug: 'asks-model', definition: { name: 'Asks the model', fields } });
  await putSchema(context, { slug: 'asks-nobody', definition: { name: 'Asks nobody', fields, engine: 'builtin' } });
  worker = await startWorker(context, () => {}, { clock });
});
afterAll(async () => {
  await worker.stop(0);
  await context.close();
  await server.close();
});

const upload = async (schema: string, number: number) =>
  createSession(context, {
    files: [await spoolText(context, `${number}.txt`, `Sheet ${number}\nReference: R-1`)],
    schema,
  });
const seen = (id: string, holds: (session: SessionDetail) => boolean) => until(() => getSession(context, id), holds);
const numbers = [1, 2, 3, 4, 5];

it('a model that is paused for ten minutes holds no slot: others finish, the wait is told, and then all go on', async () => {
  const startedAt = Date.now();
  const waiting = await Promise.all(numbers.map((number) => upload('asks-model', number)));
  for (const id of waiting) {
    const { waiting: wait, documents } = await seen(id, (session) => session.waiting !== null);
    expect(wait?.reason).toBe('The model server asked to wait');
    const resumesAt = Date.parse(wait?.until ?? '');
    expect(resumesAt).toBeGreaterThanOrEqual(startedAt + tenMinutes);
    expect(resumesAt).toBeLessThanOrEqual(Date.now() + tenMinutes);
    expect(documents[0]?.waiting).toEqual(wait);
  }
  await until(
    () => liveWorkers(context.db),
    ([row]) => row?.active === 0,
  );

  const calls = server.calls.length;
  const others = await Promise.all(numbers.map((number) => upload('asks-nobody', number)));
  for (const id of others) {
    expect(await seen(id, ({ status }) => status !== 'processing')).toMatchObject({ status: 'in_progress' });
  }
  for (const id of waiting) expect(await getSession(context, id)).toMatchObject({ status: 'processing' });
  expect(server.calls).toHaveLength(calls);

  asksToWait = false;
  clock.skip(tenMinutes + 1000);
  await context.db.execute(
    sql`update pgboss.job set start_after = start_after - make_interval(secs => ${tenMinutes / 1000}) where state = 'created'`,
  );
  for (const id of waiting) {
    const session = await seen(id, ({ status }) => status !== 'processing');
    expect(session).toMatchObject({ status: 'in_progress', partial: false, waiting: null });
  }
  expect(server.calls).toHaveLength(calls + numbers.length);
});
