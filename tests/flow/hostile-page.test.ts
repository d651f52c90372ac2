import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { getCachedData } from '#lib/documents/cached-data.ts';
import { addKnowledge } from '#lib/schemas/knowledge/add.ts';
import { getResults } from '#lib/results/get.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { type Compute, openCompute } from '#worker/compute/compute.ts';
import { spoolText, type TestContext, until } from '#tests/support/context.ts';
import { spinPassages, spinWord } from '#tests/support/hostile-tasks.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const threads = openCompute({ tasks: new URL('../support/hostile-tasks.ts', import.meta.url) });
/** The worker's own threads, with a limit for hostile pages that a test can wait for. */
let hostileMs = 200;
let hostile = 0;
const compute: Compute = {
  ...threads,
  run(task, input, options) {
    const isHostile = JSON.stringify(input).includes('SPIN');
    if (isHostile) hostile += 1;
    return threads.run(task, input, { ...options, limitMs: isHostile ? hostileMs : 600_000 });
  },
};

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker({}, { compute });
  context = worker.context;
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      fields: {
        type: 'object',
        properties: { Order_Number: { type: 'string' }, Reference: { type: 'string' } },
      },
      split: { by: 'Order_Number' },
    },
  });
});
afterAll(() => worker.close());

async function upload(...words: string[]): Promise<string> {
  const pages = ['', ...words, ''].map((word, index) => `Order Number: 100200\nReference: R-${index + 1}\n${word}\n`);
  return createSession(context, { files: [await spoolText(context, 'order.txt', pages.join('\f'))], schema: 'order' });
}

describe('a page on which a step never ends', () => {
  it('fails as too complex; the other pages give their values', async () => {
    const session = await worker.finished(await upload(...Object.values(spinWord)));
    expect(session).toMatchObject({ status: 'in_progress', partial: true, pages_total: 5, pages_failed: 3 });
    const id = session.documents[0]?.id ?? '';
    for (const page of ['1', '2', '3']) {
      expect(await getCachedData(context, { documentId: id, pageNum: page })).toMatchObject({
        failure: { reason: 'too_complex' },
      });
    }
    for (const page of ['0', '4'])
      expect(await getCachedData(context, { documentId: id, pageNum: page })).toMatchObject({ cached: true });
    const { accounts } = await getResults(context, { sessionId: session.id });
    expect(accounts[0]?.data).toMatchObject({ Order_Number: '100200' });
  });

  it('of a reference document is the reason to refuse it for a while, and not for good', async () => {
    hostile = 0;
    const content = `Glossary ${spinPassages}`;
    const add = async () => {
      const body = new FormData();
      body.append('files', new File([content], 'glossary.txt'));
      const request = new Request('http://127.0.0.1/', { method: 'POST', body });
      await expect(addKnowledge(context, { slug: 'order', request })).rejects.toThrow('processor time');
      return hostile;
    };
    expect([await add(), await add()]).toEqual([1, 1]);
    // A quarter of an hour later.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await add()).toBe(2);
  });

  it('ends at once when its session is cancelled', async () => {
    hostileMs = 600_000;
    hostile = 0;
    const id = await upload(`${spinWord.readPage} again`);
    await until(
      () => getSession(context, id),
      // It is looked at for evidence first.
      () => hostile > 1,
    );
    await cancelSession(context, id);
    // The worker has its slots and threads for others.
    expect(await worker.finished(await upload(''))).toMatchObject({ status: 'in_progress', partial: false });
  });
});
