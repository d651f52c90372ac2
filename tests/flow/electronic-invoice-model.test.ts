import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spool } from '#lib/files/spool.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { ciiInvoice, deskInvoice, pdfHolding } from '#tests/support/electronic-invoice.ts';
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let server: ModelServer;
let worker: TestWorker;
beforeAll(async () => {
  const wrong = { Invoice_Number: { quote: '4711', value: '4711' }, Grand_Total: { quote: '12.00', value: 12 } };
  server = await startModelServer({ answer: () => ({ answer: wrong }) });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

it('what an electronic invoice says comes before what a model reads, and the model is not asked about it', async () => {
  const pages = [['Order 4711', 'Invoice R-2025/17 of 2025-03-04', 'Parking 12.00', 'Total 1234.50']];
  const content = await pdfHolding(pages, { 'factur-x.xml': ciiInvoice(deskInvoice) });
  const { spoolDir } = worker.context;
  const file = await spool(spoolDir, 'invoice.pdf', Readable.from([content]), { maxBytes: 10_000_000 });
  const id = await createSession(worker.context, { files: [file], schema: 'invoice' });
  await worker.finished(id);
  const { accounts } = await getResults(worker.context, { sessionId: id });
  expect(accounts[0]?.data).toMatchObject({ Invoice_Number: 'R-2025/17', Grand_Total: 1234.5 });
  expect(server.calls.map(({ pageText }) => pageText.includes('Order 4711'))).toEqual([true]);
});
