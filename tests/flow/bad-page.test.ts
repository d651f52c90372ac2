import { Readable } from 'node:stream';
import { PDFDocument, PDFName, PDFRef, StandardFonts } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCachedData } from '#lib/documents/cached-data.ts';
import { spool } from '#lib/files/spool.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import type { TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
});
afterAll(() => worker.close());

/** Pages of text, some of which point at nothing. */
async function damagedPdf(pages: number, bad: readonly number[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 0; number < pages; number++) {
    const page = pdf.addPage([595, 842]);
    page.drawText(`Order sheet ${number + 1} of a file with a damaged page`, { x: 50, y: 780, size: 14, font });
    page.drawText(`Invoice number: INV-100`, { x: 50, y: 740, size: 12, font });
    page.drawText(`Due date: 2025-01-1${number % 10}`, { x: 50, y: 700, size: 12, font });
  }
  await pdf.flush();
  const kids = pdf.catalog.Pages().Kids();
  for (const index of bad) kids.set(index, PDFRef.of(9000 + index));
  pdf.catalog.Pages().set(PDFName.of('Count'), pdf.context.obj(pages));
  return pdf.save({ useObjectStreams: false });
}

async function extract(content: Uint8Array) {
  const file = await spool(context.spoolDir, 'damaged.pdf', Readable.from([content]), { maxBytes: 10_000_000 });
  return worker.finished(await createSession(context, { files: [file], schema: 'invoice' }));
}

async function blankPdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]);
  pdf.addPage([595, 842]);
  return pdf.save();
}

describe('a file with a page that cannot be read', () => {
  it('gives the values of the other pages, and says which page failed and why', async () => {
    const session = await extract(await damagedPdf(6, [3]));
    expect(session).toMatchObject({
      status: 'in_progress',
      partial: true,
      pages_total: 6,
      pages_processed: 5,
      pages_failed: 1,
    });
    const { accounts } = await getResults(context, { sessionId: session.id });
    expect(accounts[0]?.data).toMatchObject({ Invoice_Number: 'INV-100' });
    const id = session.documents[0]?.id ?? '';
    expect(await getCachedData(context, { documentId: id, pageNum: '3' })).toMatchObject({
      cached: false,
      processing: false,
      failure: { reason: 'corrupt_file' },
    });
    expect(await getCachedData(context, { documentId: id, pageNum: '2' })).toMatchObject({ cached: true });
  });

  it('fails when no word stands on any page, instead of looking complete', async () => {
    expect(await extract(await blankPdf())).toMatchObject({ status: 'failed', failure: { reason: 'no_text_found' } });
  });

  it('fails when no page at all can be read', async () => {
    const session = await extract(await damagedPdf(3, [0, 1, 2]));
    expect(session).toMatchObject({ status: 'failed', failure: { reason: 'corrupt_file' } });
  });
});
