import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { putSettings } from '#lib/usage/put-settings.ts';
import { spentThisMonth } from '#lib/usage/budget.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { goldAnswer, type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

let server: ModelServer;
let context: TestContext;
let worker: Worker;
beforeAll(async () => {
  server = await startModelServer({ answer: (call) => ({ answer: goldAnswer({ reference: 'R-1' }, call.pageText) }) });
  context = await testContext({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model', MODEL_CONCURRENCY: '1' });
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      fields: { type: 'object', properties: { reference: { type: 'string' } } },
    },
  });
  worker = await startWorker(context, () => {});
});
afterAll(async () => {
  await worker.stop(0);
  await context.close();
  await server.close();
});

const seen = (id: string, holds: (session: SessionDetail) => boolean) => until(() => getSession(context, id), holds);

it('stops before the call that would pass it, tells the wait, and lets documents go on when it is raised', async () => {
  // A thousand dollars for a million tokens: each call costs some tenths of a dollar.
  const prices = { 'test-model': { input: 1000, cached: 1000, output: 1000 } };
  await putSettings(context, { budgets: { month_usd: 2 }, prices });
  const pages = Array.from({ length: 6 }, (_, number) => `Sheet ${number}\nReference: R-1\n`).join('\f');
  const id = await createSession(context, { files: [await spoolText(context, 'six.txt', pages)], schema: 'order' });
  const waiting = await seen(id, (session) => session.waiting !== null);
  expect(waiting).toMatchObject({ status: 'processing', waiting: { reason: expect.stringContaining('budget') } });
  expect(Date.parse(waiting.waiting?.until ?? '')).toBeGreaterThan(Date.now());
  const made = server.calls.length;
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(6);
  const spent = await spentThisMonth(context.db);
  expect(spent).toBeGreaterThan(0);
  expect(spent).toBeLessThanOrEqual(2);

  await putSettings(context, { budgets: { month_usd: 100 } });
  const session = await seen(id, ({ status }) => status !== 'processing');
  expect(session).toMatchObject({ status: 'in_progress', partial: false, waiting: null, pages_processed: 6 });
  expect(server.calls).toHaveLength(6);
  expect(session.cost_usd).toBeCloseTo(await spentThisMonth(context.db), 5);
});
