import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usage } from '#lib/db/tables/installation.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { goldAnswer, type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

const text = 'Order form\nReference: R-77\nAmount due: 1,250.00\n';
const gold = { reference: 'R-77', amount: 1250, buyer: 'Invented Ltd' };

let server: ModelServer;
let context: TestContext;
let worker: Worker;
let refuseKey = true;
beforeAll(async () => {
  server = await startModelServer({
    answer: (call) =>
      refuseKey ? { status: 401 } : { answer: goldAnswer(gold, call.pageText, (value) => String(value)) },
  });
  context = await testContext({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      fields: {
        type: 'object',
        properties: { reference: { type: 'string' }, amount: { type: 'number' }, buyer: { type: 'string' } },
      },
    },
  });
  worker = await startWorker(context, () => {});
});
afterAll(async () => {
  await worker.stop(0);
  await context.close();
  await server.close();
});

const finished = (id: string) =>
  until(
    () => getSession(context, id),
    (session) => session.status !== 'processing',
  );

describe('the model engine', () => {
  it('fails with a plain reason when the key is refused, and goes on by a retry', async () => {
    const id = await createSession(context, { files: [await spoolText(context, 'order.txt', text)], schema: 'order' });
    expect(await finished(id)).toMatchObject({
      engine: 'model',
      model: 'test-model',
      status: 'failed',
      failure: { reason: 'model_auth' },
    });
    refuseKey = false;
    await retrySession(context, id);
    expect(await finished(id)).toMatchObject({ status: 'in_progress', partial: false });
    const { accounts } = await getResults(context, { sessionId: id });
    expect(accounts[0]?.data).toEqual(gold);
    const states = Object.fromEntries(accounts[0]?.fields.map((field) => [field.path, field.state]) ?? []);
    // What the model invents is kept, and never trusted.
    expect(states).toEqual({ reference: 'found', amount: 'found', buyer: 'not_in_document' });
  });

  it('writes a usage row for every call, and makes none for a file that it has read before', async () => {
    const before = await context.db.$count(usage);
    expect(before).toBe(server.calls.length);
    const id = await createSession(context, { files: [await spoolText(context, 'again.txt', text)], schema: 'order' });
    expect(await finished(id)).toMatchObject({ status: 'in_progress' });
    expect(await context.db.$count(usage)).toBe(before);
  });
});
