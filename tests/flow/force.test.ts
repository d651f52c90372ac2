import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '#lib/db/tables/results.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { getCachedData } from '#lib/documents/cached-data.ts';
import { extractPage } from '#lib/documents/extract-page.ts';
import { forceDocument } from '#lib/documents/force.ts';
import { newId } from '#lib/id.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
});
afterAll(() => worker.close());

const signal = new AbortController().signal;
const finished = (id: string) => worker.finished(id);

async function newDocument(): Promise<{ sessionId: string; documentId: string }> {
  const file = await spoolText(context, 'a.txt', `Invoice number: INV-${newId().slice(-6)}\nGrand total: 7.00`);
  const sessionId = await createSession(context, { files: [file], schema: 'invoice' });
  const session = await finished(sessionId);
  return { sessionId, documentId: session.documents[0]?.id ?? '' };
}

const wasCached = async (documentId: string) =>
  (await context.db.select().from(pages).where(eq(pages.documentId, documentId)))[0]?.cached;

describe('forcing a document', () => {
  it('processes a completed one again from memory, and anew when asked to', async () => {
    const { sessionId, documentId } = await newDocument();
    const before = await getCachedData(context, { documentId, pageNum: '0' });
    await forceDocument(context, { id: documentId, fresh: false });
    expect(await finished(sessionId)).toMatchObject({ status: 'in_progress', documents: [{ status: 'completed' }] });
    expect(await wasCached(documentId)).toBe(true);
    await forceDocument(context, { id: documentId, fresh: true });
    await finished(sessionId);
    expect(await wasCached(documentId)).toBe(false);
    const after = await getCachedData(context, { documentId, pageNum: '0' });
    expect(after).toMatchObject({ cached: true, data: before.cached ? before.data : null });
  });

  it('refuses a document whose session a person has verified', async () => {
    const { sessionId, documentId } = await newDocument();
    await context.db.update(sessions).set({ status: 'verified' }).where(eq(sessions.id, sessionId));
    await expect(forceDocument(context, { id: documentId, fresh: false })).rejects.toMatchObject({ status: 409 });
  });

  it('answers with the data of a page at once, or has it extracted first', async () => {
    const file = await spoolText(context, 'b.txt', `Invoice number: INV-${newId().slice(-6)}`);
    const sessionId = await createSession(context, { files: [file], schema: 'invoice' });
    await cancelSession(context, sessionId).catch(() => undefined);
    const [document] = (await getSession(context, sessionId)).documents;
    const data = await extractPage(context, { documentId: document?.id ?? '', pageNum: '0', signal });
    expect(data).toMatchObject({ cached: true, account_number: null, accounts: [{ account_index: 0 }] });
    expect(await extractPage(context, { documentId: document?.id ?? '', pageNum: '0', signal })).toEqual(data);
    await expect(extractPage(context, { documentId: document?.id ?? '', pageNum: '5', signal })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('leaves a session alone that has nothing to gain: for a page of no account, and for a file that cannot be read', async () => {
    const properties = { Number: { type: 'string', pattern: '^[0-9-]{6,}$', 'x-aliases': ['Account Number'] } };
    const fields = { type: 'object', properties };
    await putSchema(context, { slug: 'packet', definition: { name: 'Packet', fields, split: { by: 'Number' } } });
    const text = 'Cover sheet of the packet\fAccount Number: 100-23456-1\fAccount Number: 200-99999-2';
    const packet = await spoolText(context, 'packet.txt', text);
    const damaged = await spoolText(context, 'damaged.pdf', '%PDF-1.7\nnothing else');
    for (const [file, stage] of [[packet, 'completed'] as const, [damaged, 'failed'] as const]) {
      const sessionId = await createSession(context, { files: [file], schema: 'packet' });
      const before = await finished(sessionId);
      const data = await extractPage(context, { documentId: before.documents[0]?.id ?? '', pageNum: '0', signal });
      expect(data).toMatchObject({ cached: false, processing: false, stage });
      expect(await getSession(context, sessionId)).toEqual(before);
    }
  });
});
