import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pages } from '#lib/db/tables/results.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import { spoolText } from '#tests/support/context.ts';
import {
  goldAnswer,
  type ModelCall,
  type ModelServer,
  type Reply,
  startModelServer,
} from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const gold = ({ pageText }: ModelCall): Reply => ({
  answer: goldAnswer({ reference: /Reference: (\S+)/.exec(pageText)?.[1], amount: 12.5 }, pageText),
});
let answer = gold;
let server: ModelServer;
let worker: TestWorker;
beforeAll(async () => {
  server = await startModelServer({ answer: (call) => answer(call) });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
});
afterAll(async () => {
  await worker.close();
  await server.close();
});
beforeEach(() => {
  answer = gold;
});

const reference = { reference: { type: 'string' } };
const fields = (properties: Record<string, unknown>) => ({ type: 'object', properties });
const put = (schema: Record<string, unknown>) =>
  putSchema(worker.context, { slug: 'order', definition: { name: 'Order', ...schema } });

function textOf(count: number): string {
  return Array.from({ length: count }, (_, number) => `Sheet ${number}\nReference: R-${number}\nAmount: 12.50`).join(
    '\f',
  );
}

/** Extracts a file of so many pages; gives the session and how many calls were made for it. */
async function extract(count: number) {
  const before = server.calls.length;
  const file = await spoolText(worker.context, 'sheets.txt', textOf(count));
  const session = await worker.finished(await createSession(worker.context, { files: [file], schema: 'order' }));
  return { session, calls: server.calls.length - before };
}

describe('the same file again', () => {
  it('makes no call; another schema makes one for each page, a new name none', async () => {
    await put({ fields: fields(reference) });
    expect((await extract(4)).calls).toBe(4);
    expect((await extract(4)).calls).toBe(0);
    await put({ name: 'Order, renamed', fields: fields(reference) });
    expect((await extract(4)).calls).toBe(0);
    await put({ fields: fields({ ...reference, amount: { type: 'number' } }) });
    const { session, calls } = await extract(4);
    expect(calls).toBe(4);
    expect((await getResults(worker.context, { sessionId: session.id })).accounts[0]?.data).toMatchObject({
      amount: 12.5,
    });
    await put({ fields: fields(reference) });
    expect((await extract(4)).calls).toBe(0);
  });
});

describe('one bad page of twenty', () => {
  it('costs itself: the others give their values, the session is partial, and a retry does that page alone', async () => {
    await put({ fields: fields(reference), instructions: 'Twenty pages.' });
    answer = (call) => (call.pageText.startsWith('Sheet 13\n') ? { status: 400, code: 'content_filter' } : gold(call));
    const { session } = await extract(20);
    expect(session).toMatchObject({ status: 'in_progress', partial: true, pages_processed: 19, pages_failed: 1 });
    const [document] = session.documents;
    const ofDocument = eq(pages.documentId, document?.id ?? '');
    const failed = await worker.context.db
      .select()
      .from(pages)
      .where(and(ofDocument, eq(pages.status, 'failed')));
    expect(failed).toMatchObject([{ pageNum: 13, failureReason: 'model_rejected' }]);
    const good = await worker.context.db.$count(pages, and(ofDocument, inArray(pages.status, ['completed'])));
    expect(good).toBe(19);

    answer = gold;
    const before = server.calls.length;
    await retrySession(worker.context, session.id);
    const after = await worker.finished(session.id);
    expect(after).toMatchObject({ status: 'in_progress', partial: false, pages_processed: 20, pages_failed: 0 });
    expect(server.calls.slice(before).map(({ pageText }) => pageText.split('\n')[0])).toEqual(['Sheet 13']);
  });
});
