import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getPage } from '#lib/documents/page.ts';
import { spool } from '#lib/files/spool.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { pdfPage } from '#tests/support/pdf-page.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  const properties = { Reference: { type: 'string' }, Customer: { type: 'string' } };
  await putSchema(worker.context, {
    slug: 'order',
    definition: { name: 'Order', fields: { type: 'object', properties } },
  });
});
afterAll(() => worker.close());

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

const stars = '*'.repeat(60);
const blob = 'x'.repeat(40_000);

test('the encoding that a text was taken to be in is in the notice of the document', async () => {
  const { context } = worker;
  const content = Buffer.from('Order\nReference: R-2041\nCustomer: Müller & Söhne\n', 'latin1');
  const file = await spool(context.spoolDir, 'c.txt', Readable.from([content]), { maxBytes: 1_000_000 });
  const id = await createSession(context, { files: [file], schema: 'order' });
  const { documents } = await worker.finished(id);
  expect(documents[0]?.notice).toMatch(/read as Windows-1252/);
  expect((await getResults(context, { sessionId: id })).accounts[0]?.data).toMatchObject({
    Customer: 'Müller & Söhne',
  });
});

test.each<[string, string, Buffer]>([
  [
    'a PDF with a NUL in its text',
    'a.pdf',
    // As sloppy producers write it: code 0 in a string of a simple font.
    pdfPage(
      'BT /F1 12 Tf 50 700 Td (Purchase order of the company) Tj 0 -20 Td (Reference: R-2041\\000) Tj 0 -20 Td (Customer: Northwind Traders) Tj ET',
    ),
  ],
  [
    'a text with a NUL and half a surrogate pair',
    'a.txt',
    utf16('Order \ud83d of today\nReference: R-20\u000041\nCustomer: Northwind Traders\n'),
  ],
  [
    'a text with a line of stars and a word of 40,000 letters',
    'b.txt',
    Buffer.from(`${stars}\nOrder\n${blob}\nReference: R-2041\nCustomer: Northwind Traders\n`),
  ],
])('%s is read to its end', async (_, name, content) => {
  const { context } = worker;
  const file = await spool(context.spoolDir, name, Readable.from([content]), { maxBytes: 1_000_000 });
  const id = await createSession(context, { files: [file], schema: 'order' });
  const { documents, status } = await worker.finished(id);
  expect(documents.map((document) => document.failure)).toEqual([null]);
  expect(status).toBe('in_progress');
  const page = await getPage(context, { documentId: documents[0]?.id ?? '', pageNum: '0' });
  expect(Math.max(...page.words.map(({ text }) => text.length))).toBeLessThanOrEqual(1000);
  const [account] = (await getResults(context, { sessionId: id })).accounts;
  expect(account?.data).toMatchObject({ Reference: 'R-2041', Customer: 'Northwind Traders' });
});
