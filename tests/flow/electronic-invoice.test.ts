import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spool } from '#lib/files/spool.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { ciiInvoice, ciiOrder, deskInvoice, pdfHolding } from '#tests/support/electronic-invoice.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  const text = { type: 'string' };
  const lines = {
    type: 'array',
    'x-en16931': 'BG-25',
    items: { type: 'object', properties: { Was: { ...text, 'x-en16931': 'BT-153' } } },
  };
  const properties = { Nummer: { ...text, 'x-aliases': ['Rechnungsnummer'], 'x-en16931': 'BT-1' }, Posten: lines };
  await putSchema(context, {
    slug: 'rechnungen',
    definition: { name: 'Rechnungen', fields: { type: 'object', properties }, split: { by: 'Nummer' } },
  });
  const number = { type: 'number' };
  const listOf = (columns: object) => ({ type: 'array', items: { type: 'object', properties: columns } });
  const order = {
    Order_Number: text,
    Order_Date: { ...text, format: 'date' },
    Grand_Total: number,
    Lines: listOf({ Description: text, Quantity: number, Amount: number }),
  };
  await putSchema(context, { slug: 'orders', definition: { fields: { type: 'object', properties: order } } });
  const payments = { Payments: listOf({ Description: text, Amount: number }) };
  await putSchema(context, { slug: 'payments', definition: { fields: { type: 'object', properties: payments } } });
});
afterAll(() => worker.close());

const xml = ciiInvoice(deskInvoice);
/** The same invoice as people print it, in German notation. */
const printed = [
  'Heron Office Supply',
  'Rechnung Nr. R-2025 / 17',
  'Rechnungsdatum: 4. März 2025',
  'Oak desk     2    400,-      800,-',
  'Lamp         1    237,39     237,39',
  'Nettobetrag: 1.037,39',
  'Umsatzsteuer: 197,11',
  'Gesamtbetrag: 1.234,50 €',
];

async function extract(pages: string[][], files: Record<string, string>, schema: string) {
  const content = await pdfHolding(pages, files);
  const file = await spool(context.spoolDir, 'invoice.pdf', Readable.from([content]), { maxBytes: 10_000_000 });
  const session = await worker.finished(await createSession(context, { files: [file], schema }));
  return { session, ...(await getResults(context, { sessionId: session.id })) };
}

async function fieldsOf(pages: string[][], files: Record<string, string>, schema = 'invoice') {
  const { session, accounts } = await extract(pages, files, schema);
  expect(accounts).toHaveLength(1);
  const fields = accounts[0]?.fields ?? [];
  const of = (path: string) => fields.find((field) => field.path === path);
  const reasonFor = (path: string) => attentionReason(of(path) ?? fail(path), true);
  return { session, data: accounts[0]?.data, of, reasonFor };
}

describe('a PDF with an electronic invoice in it', () => {
  it('takes its values from the invoice, with evidence on the page that shows it', async () => {
    const { data, of, session } = await fieldsOf([printed], { 'factur-x.xml': xml });
    expect(session.pages_total).toBe(2);
    expect(data).toMatchObject({
      Invoice_Number: 'R-2025/17',
      Issue_Date: '2025-03-04',
      Due_Date: '2025-04-03',
      Seller_Name: 'Heron Office Supply',
      Seller_Tax_Id: 'DE136695976',
      Buyer_Name: 'Adler AG',
      Currency: 'EUR',
      Grand_Total: 1234.5,
      Line_Items: [
        { Description: 'Oak desk', Quantity: 2, Unit_Price: 400, Amount: 800 },
        { Description: 'Lamp', Quantity: 1, Unit_Price: 237.39, Amount: 237.39 },
      ],
    });
    expect(of('Grand_Total')).toMatchObject({ state: 'found', evidence: { page_num: 1, quote: '1234.50' } });
    expect(of('Line_Items[1].Amount')?.evidence).toMatchObject({ page_num: 1, quote: '237.39' });
    expect(of('Grand_Total')?.trust).toBeGreaterThan(0.95);
    expect(of('Grand_Total')?.signals).toContainEqual({
      name: 'electronic_invoice',
      ok: true,
      detail: 'from the electronic invoice',
    });
  });

  it('agrees with what its pages show in any form', async () => {
    const { of, session } = await fieldsOf([printed], { 'factur-x.xml': xml });
    const agreed = { name: 'printed', ok: true, detail: 'the page shows it too' };
    const compared = ['Invoice_Number', 'Issue_Date', 'Net_Total', 'Tax_Total', 'Grand_Total'];
    expect(compared.filter((path) => !of(path)?.signals.some((signal) => isDeepStrictEqual(signal, agreed)))).toEqual(
      [],
    );
    expect(session.needs_attention).toBe(0);
  });

  it('asks for attention where its pages show something else', async () => {
    const other = printed.map((line) => line.replace('1.234,50', '1.324,50').replace('4. März', '5. März'));
    const { data, reasonFor } = await fieldsOf([other], { 'factur-x.xml': xml });
    expect(data).toMatchObject({ Grand_Total: 1234.5, Issue_Date: '2025-03-04' });
    expect(reasonFor('Grand_Total')).toBe('The electronic invoice says 1,234.50; the page does not show it');
    expect(reasonFor('Issue_Date')).toBe('The electronic invoice says 2025-03-04; the page does not show it');
    expect(reasonFor('Net_Total')).toBeNull();
  });

  it('need not print when it is due, but must not print another day', async () => {
    expect((await fieldsOf([printed], { 'factur-x.xml': xml })).reasonFor('Due_Date')).toBeNull();
    const late = await fieldsOf([[...printed, 'Zahlbar bis: 01.05.2025']], { 'factur-x.xml': xml });
    expect(late.data).toMatchObject({ Due_Date: '2025-04-03' });
    expect(late.reasonFor('Due_Date')).toBe('The electronic invoice says 2025-04-03; the page does not show it');
  });

  it('is read by its pages alone when the XML is damaged', async () => {
    const { data, session } = await fieldsOf([printed], { 'factur-x.xml': xml.slice(0, -300) });
    expect(session.pages_total).toBe(1);
    expect(data).toMatchObject({ Grand_Total: 1234.5 });
    expect(session.documents[0]?.notice).toContain('The electronic invoice in this file (factur-x.xml) is damaged');
  });
});

describe('an electronic invoice in a file of several', () => {
  const page = (number: string) => [`Rechnungsnummer: ${number}`, 'Heron Office Supply dankt', 'Seite 1 von 1'];

  const own = ciiInvoice({ ...deskInvoice, number: 'R-2025-17' });

  it('belongs to the record whose number it has', async () => {
    const pages = [page('R-2025-17'), page('R-2025-18')];
    const { accounts } = await extract(pages, { 'factur-x.xml': own }, 'rechnungen');
    expect(accounts.map(({ account_number, pages: all }) => [account_number, all])).toEqual([
      ['R-2025-17', [0, 2]],
      ['R-2025-18', [1]],
    ]);
    expect(accounts.map(({ data }) => data)).toEqual([
      { Nummer: 'R-2025-17', Posten: [{ Was: 'Oak desk' }, { Was: 'Lamp' }] },
      { Nummer: 'R-2025-18' },
    ]);
  });

  it('with a number that no page shows asks for attention', async () => {
    const { data, reasonFor } = await fieldsOf([page('R-2025-99')], { 'factur-x.xml': own }, 'rechnungen');
    expect(data).toMatchObject({ Nummer: 'R-2025-17' });
    expect(reasonFor('Nummer')).toBe('The electronic invoice says R-2025-17; the page does not show it');
  });
});

it('an electronic order in a PDF gives its values to a schema of orders, each line once', async () => {
  const lines = [
    'Purchase order R-2025/17',
    'Description   Quantity   Amount',
    'Oak desk   2   800.00',
    'Lamp   1   237.39',
  ];
  const { data, of } = await fieldsOf(
    [[...lines, 'Total 1,234.50']],
    { 'order-x.xml': ciiOrder(deskInvoice) },
    'orders',
  );
  expect(data).toEqual({
    Order_Number: 'R-2025/17',
    Order_Date: '2025-03-04',
    Grand_Total: 1234.5,
    Lines: [
      { Description: 'Oak desk', Quantity: 2, Amount: 800 },
      { Description: 'Lamp', Quantity: 1, Amount: 237.39 },
    ],
  });
  const details = of('Order_Number')?.signals.map(({ detail }) => detail);
  expect(details).toEqual(expect.arrayContaining(['from the electronic order', 'the page shows it too']));
});

it('rows of a list that is not the lines are those of the document itself', async () => {
  const { data } = await fieldsOf([printed], { 'factur-x.xml': xml }, 'payments');
  expect(data?.Payments ?? []).toEqual([]);
});

it('an invoice that is nothing but XML takes its values from its terms', async () => {
  const file = await spoolText(context, 'invoice.xml', xml);
  const session = await worker.finished(await createSession(context, { files: [file], schema: 'invoice' }));
  const { accounts } = await getResults(context, { sessionId: session.id });
  const total = accounts[0]?.fields.find(({ path }) => path === 'Grand_Total');
  expect(total).toMatchObject({ value: 1234.5, evidence: { page_num: 0 } });
  const names = total?.signals.map(({ name }) => name);
  expect(names).toContain('electronic_invoice');
  expect(names).not.toContain('printed');
});

it('an electronic invoice of many equal lines has them all, over several pages', async () => {
  const [line] = deskInvoice.lines;
  const many = ciiInvoice({ ...deskInvoice, lines: Array.from({ length: 150 }, () => line ?? fail('lines')) });
  const { data, session } = await fieldsOf([printed], { 'factur-x.xml': many }, 'rechnungen');
  expect(session.pages_total).toBeGreaterThan(2);
  expect(data?.Posten).toHaveLength(150);
});

function fail(path: string): never {
  throw new Error(`there is no value for ${path}`);
}
