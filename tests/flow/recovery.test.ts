import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSession } from '#lib/sessions/create.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { getSession } from '#lib/sessions/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { goldAnswer, type ModelCall, type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';

const pageText = (number: number) => `Order sheet ${number}\nReference: R-${number}\n`;
const settings = () => ({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
const isLast = ({ pageText: text }: ModelCall) => text.includes('Order sheet 3');

let server: ModelServer;
let context: TestContext;
let stalls = true;
beforeAll(async () => {
  server = await startModelServer({
    answer: (call) =>
      stalls && isLast(call) ? { stall: true } : { answer: goldAnswer({ reference: 'R-1' }, call.pageText) },
  });
  context = await testContext(settings());
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      fields: { type: 'object', properties: { reference: { type: 'string' } } },
    },
  });
});
afterAll(async () => {
  await context.close();
  await server.close();
});

async function upload(mark: string) {
  const text = [1, 2, 3].map((number) => `${pageText(number)}${mark}\n`).join('\f');
  return createSession(context, { files: [await spoolText(context, 'orders.txt', text)], schema: 'order' });
}

const atLastPage = (mark: string) =>
  until(
    async () => server.calls.filter((call) => call.pageText.includes(mark)),
    (calls) => calls.length === 3 && calls.filter((call) => call.status === 200).length === 2,
  );

describe('a worker that is killed in the middle of a document', () => {
  it('loses nothing: another takes the document up and repeats only the call that was in flight', async () => {
    stalls = true;
    const id = await upload('killed');
    const first = await startWorkerProcess(context, settings());
    await atLastPage('killed');
    await until(
      () => getSession(context, id),
      (session) => session.pages_processed === 2,
    );
    await first.kill();
    stalls = false;
    const second = await startWorkerProcess(context, settings());
    await until(
      () => getSession(context, id),
      (session) => session.status === 'in_progress',
    );
    const calls = server.calls.filter((call) => call.pageText.includes('killed'));
    expect(calls.map((call) => call.pageText.match(/sheet \d/)?.[0]).toSorted()).toEqual([
      'sheet 1',
      'sheet 2',
      'sheet 3',
      'sheet 3',
    ]);
    expect(await second.stop()).toBe(0);
  });

  it('stops a model call when the session is cancelled, however long its answer takes', async () => {
    stalls = true;
    const id = await upload('cancelled');
    const worker = await startWorkerProcess(context, settings());
    await atLastPage('cancelled');
    await cancelSession(context, id);
    await until(
      async () => server.inFlight(),
      (calls) => calls === 0,
    );
    expect(await getSession(context, id)).toMatchObject({ status: 'cancelled' });
    await worker.stop();
  });

  it('hands its document back when it is asked to stop, and the next worker finishes it', async () => {
    stalls = true;
    const id = await upload('drained');
    const first = await startWorkerProcess(context, settings());
    await atLastPage('drained');
    expect(await first.stop()).toBe(0);
    expect(await getSession(context, id)).toMatchObject({ status: 'processing', documents: [{ status: 'queued' }] });
    stalls = false;
    const second = await startWorkerProcess(context, settings());
    await until(
      () => getSession(context, id),
      (session) => session.status === 'in_progress',
    );
    await second.stop();
  });
});
