import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '#lib/db/tables/results.ts';
import { runs } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  await putSchema(context, { slug: 'order', definition: { name: 'Order', fields: schemaFields('Reference') } });
});
afterAll(() => worker.close());

const schemaFields = (label: string) => ({
  type: 'object',
  properties: { Code: { type: 'string', pattern: '^R-', 'x-aliases': [label] } },
});

async function newSession(): Promise<string> {
  const text = `Order ${newId()}\nReference: R-1\nTicket: R-2\n`;
  const id = await createSession(context, { files: [await spoolText(context, 'a.txt', text)], schema: 'order' });
  await worker.finished(id);
  return id;
}

describe('extracting a session again', () => {
  it('makes the next run under another version, and keeps the run before', async () => {
    const id = await newSession();
    await putSchema(context, { slug: 'order', definition: { name: 'Order', fields: schemaFields('Ticket') } });
    const between = new Date().toISOString();
    await reextractSession(context, { id, scope: 'all', version: 2 });
    const again = await worker.finished(id);
    expect(again).toMatchObject({ status: 'in_progress', run: 2, schema: { version: 2 } });
    // The time that people took in between is not the extraction's.
    expect(Date.parse(again.started_at ?? '')).toBeGreaterThanOrEqual(Date.parse(between));
    expect((await getResults(context, { sessionId: id })).accounts[0]?.data).toEqual({ Code: 'R-2' });
    expect(await getResults(context, { sessionId: id, run: 1 })).toMatchObject({
      run: 1,
      accounts: [{ data: { Code: 'R-1' } }],
    });
  });

  it('reads afresh what is extracted again under the same version', async () => {
    const id = await newSession();
    await reextractSession(context, { id, scope: 'all' });
    const session = await worker.finished(id);
    const rows = await context.db
      .select()
      .from(pages)
      .where(eq(pages.documentId, session.documents[0]?.id ?? ''));
    expect(rows.map((row) => row.cached)).toEqual([false, false]);
  });

  it('reads only the pages named afresh, or those of an account', async () => {
    const text = `Order ${newId()}\nReference: R-1\fTicket: R-2\fTicket: R-3`;
    const id = await createSession(context, { files: [await spoolText(context, 'a.txt', text)], schema: 'order' });
    const documentId = (await worker.finished(id)).documents[0]?.id ?? '';
    const cachedPages = async () => {
      const { run } = await worker.finished(id);
      const rows = await context.db
        .select({ cached: pages.cached })
        .from(pages)
        .innerJoin(runs, eq(runs.id, pages.runId))
        .where(and(eq(pages.documentId, documentId), eq(runs.number, run)))
        .orderBy(pages.pageNum);
      return rows.map((row) => row.cached);
    };
    await reextractSession(context, { id, scope: { document_id: documentId, pages: [1] } });
    expect(await cachedPages()).toEqual([true, false, true]);
    await reextractSession(context, { id, scope: { document_id: documentId, account_index: 0 } });
    expect(await cachedPages()).toEqual([false, false, false]);
    const beyond = { scope: { document_id: documentId, pages: [3] } };
    await expect(reextractSession(context, { id, ...beyond })).rejects.toMatchObject({
      status: 400,
      code: 'unknown_page',
    });
  });

  it('runs again under another schema', async () => {
    const id = await newSession();
    await putSchema(context, { slug: 'ticket', definition: { name: 'Ticket', fields: schemaFields('Ticket') } });
    await reextractSession(context, { id, scope: 'all', schema: 'ticket' });
    expect(await worker.finished(id)).toMatchObject({ run: 2, schema: { slug: 'ticket' } });
    expect((await getResults(context, { sessionId: id })).accounts[0]?.data).toEqual({ Code: 'R-2' });
    await expect(reextractSession(context, { id, scope: 'all', schema: 'nowhere' })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('refuses an unknown version, a document of another session, and a session that is processing', async () => {
    const id = await newSession();
    await expect(reextractSession(context, { id, scope: 'all', version: 99 })).rejects.toMatchObject({ status: 400 });
    await expect(reextractSession(context, { id, scope: { document_id: newId() } })).rejects.toMatchObject({
      status: 400,
    });
    await expect(reextractSession(context, { id: newId(), scope: 'all' })).rejects.toMatchObject({ status: 404 });
    await reextractSession(context, { id, scope: 'all' });
    await worker.finished(id);
    expect(await getResults(context, { sessionId: id })).toMatchObject({ run: 2 });
  });
});
