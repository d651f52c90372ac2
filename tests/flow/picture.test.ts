import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getPage } from '#lib/documents/page.ts';
import { getPageImage, pageImageTask } from '#lib/documents/page-image.ts';
import { spool } from '#lib/files/spool.ts';
import { createSession } from '#lib/sessions/create.ts';
import { newId } from '#lib/id.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
});
afterAll(() => worker.close());

const never = new AbortController().signal;

async function documentOf(sessionId: string): Promise<string> {
  const session = await worker.finished(sessionId);
  return session.documents[0]?.id ?? '';
}

const allStates = ['created', 'active', 'retry', 'completed', 'failed', 'cancelled'];

async function countJobs(documentId: string, states = allStates, { db } = context): Promise<number> {
  const { rows } = await db.execute<{ jobs: number }>(sql`
    select count(*)::int as jobs from pgboss.job
    where name = 'page-images' and data ->> 'documentId' = ${documentId} and state::text = any(${sql.param(states)})`);
  return rows[0]?.jobs ?? 0;
}

async function spoolPage(name: string) {
  const pdf = await PDFDocument.create();
  pdf.addPage([300, 200]).drawText('Invoice number: 7', { x: 20, y: 100, size: 12 });
  return spool(context.spoolDir, name, Readable.from([await pdf.save()]), { maxBytes: 1_000_000 });
}

describe('the picture of a page', () => {
  it('is made by a worker and shows the page that the words stand on', async () => {
    const content = await readFile('samples/loan-packet.pdf');
    const file = await spool(context.spoolDir, 'sample.pdf', Readable.from([content]), {
      maxBytes: content.byteLength,
    });
    const id = await documentOf(await createSession(context, { files: [file], schema: 'loan-accounts' }));
    const png = await getPageImage(context, { documentId: id, pageNum: '2', signal: never });
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
    const size = new DataView(png.buffer, png.byteOffset);
    const page = await getPage(context, { documentId: id, pageNum: '2' });
    const ratio = size.getUint32(16) / size.getUint32(20);
    expect(ratio).toBeCloseTo(page.width / page.height, 2);
    expect(page.words.length).toBeGreaterThan(50);
    await expect(getPageImage(context, { documentId: id, pageNum: '99', signal: never })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('is refused with a reason where pages do not look like anything', async () => {
    const file = await spoolText(context, 'a.txt', 'Invoice number: 7');
    const id = await documentOf(await createSession(context, { files: [file], schema: 'invoice' }));
    await expect(getPageImage(context, { documentId: id, pageNum: '0', signal: never })).rejects.toMatchObject({
      status: 415,
      code: 'no_image',
    });
    expect((await getPage(context, { documentId: id, pageNum: '0' })).words.map((word) => word.text)).toEqual([
      'Invoice',
      'number:',
      '7',
    ]);
  });

  it('is drawn once, however many ask for it, and however late', async () => {
    const put = vi.spyOn(context.storage, 'putIfAbsent');
    const drawn = () => put.mock.calls.filter(([key]) => key.startsWith('page_images/')).length;
    const file = await spoolPage('asked-often.pdf');
    const id = await documentOf(await createSession(context, { files: [file], schema: 'invoice' }));
    const asked = await Promise.all(
      Array.from({ length: 6 }, () => getPageImage(context, { documentId: id, pageNum: '0', signal: never })),
    );
    expect(new Set(asked.map(({ byteLength }) => byteLength)).size).toBe(1);
    expect(drawn()).toBe(1);
    // Whoever looked before it was drawn may ask after it was: a job more, which draws nothing.
    await context.queue.tasks.request(pageImageTask, { documentId: id, pageNum: 0 });
    await until(
      () => countJobs(id, ['completed']),
      (jobs) => jobs > 0,
    );
    await until(
      () => countJobs(id, ['created', 'active', 'retry']),
      (jobs) => jobs === 0,
    );
    expect(drawn()).toBe(1);
    put.mockRestore();
  });

  it('is one job for all who ask while it waits', async () => {
    const idle = await testContext();
    try {
      const payload = { documentId: newId(), pageNum: 0 };
      const asked = Array.from({ length: 6 }, () => idle.queue.tasks.request(pageImageTask, payload, { key: 'one' }));
      await Promise.all(asked);
      expect(await countJobs(payload.documentId, ['created'], idle)).toBe(1);
    } finally {
      await idle.close();
    }
  });

  it('is refused with the reason when the page cannot be drawn, to everyone and at once', async () => {
    const file = await spoolText(context, 'broken.pdf', '%PDF-1.7 and nothing that follows');
    const id = await documentOf(await createSession(context, { files: [file], schema: 'invoice' }));
    const refusal = { status: 422, code: 'corrupt_file', message: expect.stringContaining('damaged') };
    await expect(getPageImage(context, { documentId: id, pageNum: '0', signal: never })).rejects.toMatchObject(refusal);
    const before = await countJobs(id);
    await expect(getPageImage(context, { documentId: id, pageNum: '0', signal: never })).rejects.toMatchObject(refusal);
    expect(await countJobs(id)).toBe(before);
  });
});
