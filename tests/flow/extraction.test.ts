import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '#lib/db/tables/results.ts';
import { getBackgroundStatus } from '#lib/documents/get.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const invoice = `Invoice

Invoice number: INV-2031
Invoice date: 2025-03-14
Bill to: Acme Corp

Subtotal: $100.00
VAT: $20.00
Grand total: $120.00
`;

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
});
afterAll(() => worker.close());

const finished = (id: string) => worker.finished(id);

describe('a worker', () => {
  it('takes an uploaded document from the queue to values with evidence', async () => {
    const id = await createSession(context, {
      files: [await spoolText(context, 'invoice.txt', invoice)],
      schema: 'invoice',
    });
    const session = await finished(id);
    expect(session).toMatchObject({
      status: 'in_progress',
      partial: false,
      pages_total: 1,
      pages_processed: 1,
      accounts: 1,
      progress: 100,
    });
    const [document] = session.documents;
    expect(document).toMatchObject({
      status: 'completed',
      stages: { llm_extraction: { status: 'completed', progress: 100 } },
    });
    const { accounts } = await getResults(context, { sessionId: id });
    expect(accounts[0]?.data).toMatchObject({ Invoice_Number: 'INV-2031', Issue_Date: '2025-03-14', Grand_Total: 120 });
    const total = accounts[0]?.fields.find((field) => field.path === 'Grand_Total');
    expect(total).toMatchObject({
      state: 'found',
      attention: false,
      attention_reason: null,
      evidence: { page_num: 0, quote: '$120.00' },
      checks: [{ ok: true }],
    });
    expect(await getBackgroundStatus(context, document?.id ?? '')).toMatchObject({
      stage: 'completed',
      total_pages: 1,
      accounts: [{ account_index: 0, pages: [0] }],
    });
  });

  it('says of each value whether a person should look at it, and why', async () => {
    const files = [await spoolText(context, 'nothing.txt', 'Invoice\n\nNothing else is here.\n')];
    const id = await createSession(context, { files, schema: 'invoice' });
    const session = await finished(id);
    const fields = (await getResults(context, { sessionId: id })).accounts.flatMap((account) => account.fields);
    expect(fields.find(({ path }) => path === 'Invoice_Number')).toMatchObject({
      state: 'not_found',
      attention: true,
      attention_reason: 'It is required and was not found',
    });
    expect(fields.filter(({ attention }) => attention)).toHaveLength(session.needs_attention);
  });

  it('finds the same file again in memory instead of reading it twice', async () => {
    const first = await spoolText(context, 'twice.txt', `${invoice}\nPO 77`);
    await finished(await createSession(context, { files: [first], schema: 'invoice' }));
    const second = await spoolText(context, 'again.txt', `${invoice}\nPO 77`);
    const id = await createSession(context, { files: [second], schema: 'invoice' });
    const [document] = (await finished(id)).documents;
    const rows = await context.db
      .select()
      .from(pages)
      .where(eq(pages.documentId, document?.id ?? ''));
    expect(rows).toMatchObject([{ cached: true, status: 'completed' }]);
  });

  it('keeps what one file gave when another cannot be read, and says so', async () => {
    const good = await spoolText(
      context,
      'good.txt',
      `${invoice}
PO 78`,
    );
    const empty = await spoolText(context, 'blank.txt', ' \n \n');
    const id = await createSession(context, { files: [good, empty], schema: 'invoice' });
    const session = await finished(id);
    expect(session).toMatchObject({ status: 'in_progress', partial: true, documents_total: 2, documents_done: 1 });
    expect(session.documents[1]).toMatchObject({ status: 'failed', failure: { reason: 'no_text_found' } });
  });

  it('fails a session of which nothing could be read, with the reason', async () => {
    const id = await createSession(context, {
      files: [await spoolText(context, 'blank.txt', '\n \n')],
      schema: 'invoice',
    });
    expect(await finished(id)).toMatchObject({ status: 'failed', failure: { reason: 'no_text_found' } });
    await retrySession(context, id);
    expect(await finished(id)).toMatchObject({ status: 'failed' });
  });
});
