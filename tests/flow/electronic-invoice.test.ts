import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spool } from '#lib/files/spool.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import type { TestContext } from '#tests/support/context.ts';
import { ciiInvoice, deskInvoice, pdfHolding } from '#tests/support/electronic-invoice.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
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

async function fieldsOf(pages: string[][], files: Record<string, string>) {
  const content = await pdfHolding(pages, files);
  const file = await spool(context.spoolDir, 'invoice.pdf', Readable.from([content]), { maxBytes: 10_000_000 });
  const id = await createSession(context, { files: [file], schema: 'invoice' });
  const session = await worker.finished(id);
  const { accounts } = await getResults(context, { sessionId: id });
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

function fail(path: string): never {
  throw new Error(`there is no value for ${path}`);
}
