import { Readable } from 'node:stream';
import { readdir } from 'node:fs/promises';
import { PDFDocument, PDFName, PDFRef, StandardFonts } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeValue } from '#lib/edits/change-value.ts';
import { spool } from '#lib/files/spool.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { exportSessions } from '#lib/exports/stream.ts';
import { exportOptionsOf, exportTargetOf } from '#lib/exports/query.ts';
import { addsUp, orderFields } from '#tests/support/order-schema.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { bytesOf, readCsv, readSheets, records, unzip } from '#tests/support/export.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let context: TestContext;
let orders: string[];
let damaged: string;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  await putSchema(context, {
    slug: 'order',
    definition: { name: 'Order', fields: orderFields, rules: [addsUp] },
  });
  orders = [await order('00017', '35.00'), await order('00018', '99.50')];
  damaged = await invoiceWithDamagedPage();
});
afterAll(() => worker.close());

async function order(code: string, total: string): Promise<string> {
  const text = `Order\nReference: ${code}\nOrder date: 2025-03-14\nTotal: ${total}\n\nItem      Price\nChair     10.00\nTable     25.00\n`;
  const id = await createSession(context, { files: [await spoolText(context, `${code}.txt`, text)], schema: 'order' });
  await worker.finished(id);
  return id;
}

/** Three pages, of which the second points at nothing. */
async function invoiceWithDamagedPage(): Promise<string> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 0; number < 3; number++) {
    const page = pdf.addPage([595, 842]);
    page.drawText('Invoice number: INV-100', { x: 50, y: 740, size: 12, font });
    page.drawText('A page of a file of which another is damaged', { x: 50, y: 700, size: 12, font });
  }
  await pdf.flush();
  pdf.catalog.Pages().Kids().set(1, PDFRef.of(9000));
  pdf.catalog.Pages().set(PDFName.of('Count'), pdf.context.obj(3));
  const content = Readable.from([await pdf.save({ useObjectStreams: false })]);
  const file = await spool(context.spoolDir, 'damaged.pdf', content, { maxBytes: 10_000_000 });
  const id = await createSession(context, { files: [file], schema: 'invoice' });
  await worker.finished(id);
  return id;
}

async function exported(query: Record<string, unknown>) {
  const signal = new AbortController().signal;
  const { name, mime, stream } = await exportSessions(context, {
    target: exportTargetOf(query),
    ...exportOptionsOf(query),
    signal,
  });
  return { name, mime, bytes: await bytesOf(stream) };
}

async function json(query: Record<string, unknown>) {
  return JSON.parse((await exported({ ...query, format: 'json' })).bytes.toString('utf8'));
}

async function totalOf(id: string) {
  const { accounts } = await getResults(context, { sessionId: id });
  const field = accounts[0]?.fields.find(({ path }) => path === 'Total');
  if (!field) throw new Error('no total');
  return field;
}

describe('an export as JSON', () => {
  it('says of a session what its results say', async () => {
    const [id = ''] = orders;
    const { accounts } = await getResults(context, { sessionId: id });
    const { sessions, manifest } = await json({ ids: id });
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ id, status: 'in_progress', documents: [{ name: '00017.txt' }] });
    expect(sessions[0].accounts).toEqual(
      accounts.map(({ fields: _fields, boundaries: _boundaries, ...account }) => ({
        ...account,
        document: '00017.txt',
      })),
    );
    expect(sessions[0].accounts[0].data).toMatchObject({ Code: '00017', Total: 35, Items: [{}, { Item: 'Table' }] });
    expect(manifest).toMatchObject({ complete: true, counts: { sessions: 1, accounts: 1, failed_pages: 0 } });
  });

  it('gives each value with its evidence when asked for all detail', async () => {
    const [id = ''] = orders;
    const { accounts } = await getResults(context, { sessionId: id });
    const { sessions } = await json({ ids: id, detail: 'full' });
    expect(sessions[0].accounts[0].fields).toEqual(JSON.parse(JSON.stringify(accounts[0]?.fields)));
  });

  it('gives what a person made of a value', async () => {
    const id = await order('00020', '35.00');
    const { id: valueId } = await totalOf(id);
    await changeValue(context, { sessionId: id, valueId, value: 36.5 });
    expect((await json({ ids: id })).sessions[0].accounts[0].data.Total).toBe(36.5);
  });

  it('holds a filter’s sessions, the newest first, and those that are named', async () => {
    const { sessions } = await json({ schema: 'order' });
    expect(sessions.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(orders));
    expect(sessions.every(({ schema }: { schema: { slug: string } }) => schema.slug === 'order')).toBe(true);
    const ids = sessions.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect((await json({ ids: orders.join(',') })).sessions).toHaveLength(2);
  });

  it('names the page that failed and the session that does not exist', async () => {
    const stranger = newId();
    const { manifest } = await json({ ids: [damaged, stranger] });
    expect(manifest).toMatchObject({
      complete: false,
      counts: { sessions: 1, failed_pages: 1, missing: 1 },
      failed_pages: [{ session_id: damaged, document: 'damaged.pdf', page_num: 1 }],
      missing: [{ session_id: stranger }],
    });
  });
});

describe('an export as CSV', () => {
  it('is an archive of accounts, lists, problems and the manifest', async () => {
    const { name, mime, bytes } = await exported({ ids: orders[1], format: 'csv' });
    expect([name, mime]).toEqual(['00018-csv.zip', 'application/zip']);
    const files = unzip(bytes);
    expect(Object.keys(files)).toEqual(['order.csv', 'order-items.csv', 'problems.csv', 'manifest.json']);
    const read = (file: string) => records(readCsv(files[file] ?? Buffer.of()));
    expect(read('order.csv')).toMatchObject([
      {
        session: '00018.txt',
        document: '00018.txt',
        account: '1',
        Code: '00018',
        Ordered: '2025-03-14',
        Total: '99.5',
      },
    ]);
    expect(read('order-items.csv')).toMatchObject([
      { row: '1', 'Items.Item': 'Chair', 'Items.Price': '10', session_id: orders[1] },
      { row: '2', 'Items.Item': 'Table', 'Items.Price': '25', session_id: orders[1] },
    ]);
    expect(read('problems.csv')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ problem: 'Rule fails', detail: 'Items do not add up (adds up, error)' }),
      ]),
    );
    expect(JSON.parse(String(files['manifest.json']))).toMatchObject({
      complete: true,
      tables: [{ name: 'order.csv', rows: 1 }, { name: 'order-items.csv', rows: 2 }, { name: 'problems.csv' }],
    });
  });

  it('has the files of every schema, and the page that failed among the problems', async () => {
    const files = unzip((await exported({ ids: [damaged, ...orders], format: 'csv' })).bytes);
    expect(records(readCsv(files['order.csv'] ?? Buffer.of()))).toHaveLength(2);
    expect(records(readCsv(files['invoice.csv'] ?? Buffer.of()))).toMatchObject([{ Invoice_Number: 'INV-100' }]);
    expect(records(readCsv(files['problems.csv'] ?? Buffer.of()))).toEqual(
      expect.arrayContaining([expect.objectContaining({ problem: 'Page failed', document: 'damaged.pdf', page: '2' })]),
    );
  });

  it('stops reading when nobody takes the rest, and leaves no temporary files', async () => {
    const before = await readdir(context.spoolDir);
    const signal = new AbortController().signal;
    const { stream } = await exportSessions(context, { target: { filter: {} }, format: 'csv', isFull: false, signal });
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    await exported({ ids: orders, format: 'csv' });
    expect(await readdir(context.spoolDir)).toEqual(before);
  });
});

describe('an export as a workbook', () => {
  it('has a sheet of accounts, one of each list, the problems and what it holds, with types kept', async () => {
    const { name, bytes } = await exported({ ids: orders, format: 'xlsx' });
    expect(name).toMatch(/^order-sessions-\d{4}-\d\d-\d\d\.xlsx$/);
    const sheets = await readSheets(bytes);
    expect([...sheets.keys()]).toEqual(['Order', 'Items', 'Problems', 'About this export']);
    expect(records(sheets.get('Order') ?? [])).toMatchObject([
      { Session: '00018.txt', Account: 1, Code: '00018', Ordered: new Date('2025-03-14'), Total: 99.5 },
      { Session: '00017.txt', Account: 1, Code: '00017', Ordered: new Date('2025-03-14'), Total: 35 },
    ]);
    expect(records(sheets.get('Items') ?? [])).toHaveLength(4);
  });
});

describe('an export that cannot be', () => {
  it('ends without a sound when its asker is gone before the first byte', async () => {
    const gone = AbortSignal.abort();
    await expect(
      exportSessions(context, { target: { filter: {} }, format: 'xlsx', isFull: false, signal: gone }),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('says that there is no such session', async () => {
    await expect(exported({ ids: 'nonsense' })).rejects.toMatchObject({ status: 404, code: 'unknown_session' });
    await expect(exported({ ids: [newId(), newId()] })).rejects.toMatchObject({ status: 404, code: 'unknown_session' });
    await expect(exported({ q: 'no session is called so' })).rejects.toMatchObject({
      status: 404,
      code: 'no_sessions',
    });
  });

  it('says that there are no values, and why', async () => {
    const file = await spoolText(context, 'empty.pdf', '%PDF-1.7 nothing behind it');
    const id = await createSession(context, { files: [file], schema: 'order' });
    await worker.finished(id);
    await expect(exported({ ids: id })).rejects.toMatchObject({
      status: 409,
      code: 'nothing_to_export',
      message: expect.stringMatching(/^This session has no values: The file is damaged/),
    });
  });

  it('says what is wrong with the request', async () => {
    await expect(exported({ format: 'pdf' })).rejects.toThrow('must be one of json, csv, xlsx');
    await expect(exported({ format: 'csv', detail: 'full' })).rejects.toMatchObject({ status: 400 });
    await expect(exported({ ids: orders, status: 'failed' })).rejects.toMatchObject({ status: 400 });
    await expect(exported({ stauts: 'failed' })).rejects.toThrow('stauts');
  });
});
