import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Priority } from '#lib/core/schema/definition.ts';
import { newId } from '#lib/id.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { goldAnswer, type ModelCall, type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

let server: ModelServer;
let context: TestContext;
let worker: Worker;
/** Answers to give, in the order of the calls; a call waits for its own. */
let held: { call: ModelCall; answer(): void }[] = [];
beforeAll(async () => {
  server = await startModelServer({
    answer: (call) =>
      new Promise((resolve) => {
        const answer = () => resolve({ answer: goldAnswer({ reference: 'R-1' }, call.pageText) });
        held.push({ call, answer });
      }),
  });
  context = await testContext({
    OPENAI_BASE_URL: server.baseURL,
    MODEL: 'test-model',
    MODEL_CONCURRENCY: '1',
    WORKER_DOCUMENTS: '3',
  });
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
beforeEach(() => {
  held = [];
});

async function upload(mark: string, pages: number, priority: Priority): Promise<string> {
  const text = Array.from({ length: pages }, (_, index) => `${mark} ${index + 1} of ${newId()}\n`).join('\f');
  return createSession(context, { files: [await spoolText(context, `${mark}.txt`, text)], schema: 'order', priority });
}

const asked = () => held.map(({ call }) => call.pageText.match(/^\w+ \d+/)?.[0]);
const untilCalled = (calls: number) =>
  until(
    async () => held,
    (seen) => seen.length >= calls,
  );
const inExtraction = (id: string) =>
  until(
    () => getSession(context, id),
    (session) => session.stage === 'llm_extraction' && session.pages_total > 0,
  );
/** Lets calls through one by one, until so many were answered. */
async function answer(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) (await untilCalled(index + 1))[index]?.answer();
}
const finished = (id: string) =>
  until(
    () => getSession(context, id),
    (session) => session.status !== 'processing',
  );

describe('the lane of a running worker', () => {
  it('gives turns to documents of one priority, so that a long one starves none', async () => {
    const long = await upload('long', 8, 'normal');
    await inExtraction(long);
    const short = await upload('short', 1, 'normal');
    await inExtraction(short);
    await answer(0, 3);
    await finished(short);
    expect(asked()).toContain('short 1');
    expect(asked().indexOf('short 1')).toBeLessThanOrEqual(2);
    await answer(3, 9);
    await finished(long);
  });

  it('moves the waiting pages of a session whose priority is changed', async () => {
    const first = await upload('first', 4, 'normal');
    await inExtraction(first);
    const second = await upload('second', 4, 'normal');
    await inExtraction(second);
    await setPriority(context, { id: second, priority: 'low' });
    // What comes to the worker after the order tells that the order has come.
    const third = await upload('third', 1, 'high');
    await inExtraction(third);
    await answer(0, 9);
    await Promise.all([first, second, third].map(finished));
    const names = asked().map((name) => name?.split(' ')[0]);
    expect(names).toEqual(['first', 'third', ...Array(3).fill('first'), ...Array(4).fill('second')]);
  });
});

describe('the slots of a worker', () => {
  it('are never all taken by common documents: a high one starts while they are stuck', async () => {
    const common = [
      await upload('one', 1, 'normal'),
      await upload('two', 1, 'low'),
      await upload('three', 1, 'normal'),
    ];
    await untilCalled(1);
    const urgent = await upload('urgent', 1, 'high');
    const session = await inExtraction(urgent);
    expect(session.status).toBe('processing');
    const states = await Promise.all(common.map((id) => getSession(context, id)));
    expect(states.filter(({ stage }) => stage === 'queued')).toHaveLength(1);
    await answer(0, 4);
    await Promise.all([urgent, ...common].map(finished));
  });
});
