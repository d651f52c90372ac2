import { describe, expect, it } from 'vitest';
import { ciiInvoice, ciiOrder, deskInvoice, pdfHolding } from '#tests/support/electronic-invoice.ts';
import { readContent } from '#tests/support/read-file.ts';

const printed = ['Invoice R-2025/17 of Heron Office Supply, as it is printed'];
const xml = ciiInvoice(deskInvoice);

async function readHolding(files: Record<string, string | Uint8Array>) {
  return readContent('pdf', await pdfHolding([printed], files));
}

describe('an electronic invoice in a PDF', () => {
  it('is shown on a page of its own behind those of the PDF', async () => {
    const pages = await readHolding({ 'factur-x.xml': xml });
    expect(pages).toHaveLength(2);
    expect(pages[0]).toMatchObject({ kind: 'pdf', title: null });
    expect(pages[0]?.notices).toBeUndefined();
    expect(pages[1]).toMatchObject({
      pageNum: 1,
      kind: 'text',
      title: 'Electronic invoice in this file (factur-x.xml)',
    });
    expect(pages[1]?.text).toContain('Grand total:\t1234.50');
  });

  it('says of each value which business term it is, and of which line', async () => {
    const [, page] = await readHolding({ 'factur-x.xml': xml });
    const termOf = (text: string) => page?.words.find((word) => word.text === text)?.term;
    expect(termOf('R-2025/17')).toEqual({ id: 'BT-1' });
    expect(termOf('DE136695976')).toEqual({ id: 'BT-31' });
    expect(termOf('22/815')).toEqual({ id: 'BT-32' });
    expect(termOf('Lamp')).toEqual({ id: 'BT-153', line: 1 });
    expect(termOf('number:')).toBeUndefined();
  });

  it('gives the tax in the currency of the invoice', async () => {
    const [, page] = await readHolding({ 'factur-x.xml': xml });
    expect(page?.text).toContain('Tax total:\t197.11');
  });

  it('is known by its content, whatever its name', async () => {
    const pages = await readHolding({ 'terms.txt': 'Terms', 'delivery 17.xml': xml });
    expect(pages[1]?.title).toBe('Electronic invoice in this file (delivery 17.xml)');
    expect(pages[0]?.holdsFiles).toBe(true);
  });

  it('in the form of ZUGFeRD 1 is read too', async () => {
    const old = xml
      .replaceAll('CrossIndustryInvoice', 'CrossIndustryDocument')
      .replaceAll('rsm:ExchangedDocument', 'rsm:HeaderExchangedDocument')
      .replaceAll('SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction')
      .replaceAll(/ApplicableHeaderTrade/g, 'ApplicableSupplyChainTrade')
      .replaceAll(/SpecifiedLineTrade/g, 'SpecifiedSupplyChainTrade')
      .replaceAll('SettlementHeaderMonetary', 'SettlementMonetary')
      .replaceAll('SettlementLineMonetary', 'SettlementMonetary');
    const [, page] = await readHolding({ 'ZUGFeRD-invoice.xml': old });
    const [, now] = await readHolding({ 'factur-x.xml': xml });
    expect(page?.text).toBe(now?.text);
  });
});

describe('an electronic order in a PDF', () => {
  it('is shown with the words of an order, its own number as that of the order', async () => {
    const [, page] = await readHolding({ 'order-x.xml': ciiOrder(deskInvoice) });
    expect(page?.title).toBe('Electronic order in this file (order-x.xml)');
    expect(page?.text).toContain('Order\nOrder number:\tR-2025/17\nOrder date:\t2025-03-04\nDue date');
    expect(page?.text).toContain('1\tOak desk\t2\t400.00\t800.00');
    const termOf = (text: string) => page?.words.find((word) => word.text === text)?.term;
    expect(termOf('R-2025/17')).toEqual({ id: 'BT-13', of: 'order' });
    expect(termOf('2025-03-04')).toBeUndefined();
    expect(termOf('Lamp')).toEqual({ id: 'BT-153', line: 1, of: 'order' });
  });
});

describe('XML in a PDF that cannot be read', () => {
  const refused = (name: string, why: string) => [
    `The electronic invoice in this file (${name}) ${why} and was not read.`,
  ];

  it.each([
    ['cut off', xml.slice(0, -200)],
    ['of something else', '<?xml version="1.0"?><note>Hello</note>'],
    ['nested without end', '<a>'.repeat(3000)],
    ['no text', new Uint8Array([0, 1, 2, 3])],
  ])('because it is %s leaves the PDF readable', async (_, content) => {
    const pages = await readHolding({ 'factur-x.xml': content });
    expect(pages).toHaveLength(1);
    expect(pages[0]?.text).toContain('Heron Office Supply');
    expect(pages[0]?.notices).toEqual(refused('factur-x.xml', 'is damaged'));
  });

  it('because it is too large leaves the PDF readable', async () => {
    const large = xml.replace('Oak desk', 'x'.repeat(11 * 1024 * 1024));
    const pages = await readHolding({ 'factur-x.xml': large });
    expect(pages.map(({ notices }) => notices)).toEqual([refused('factur-x.xml', 'is too large')]);
  });

  it('because it has more lines than pages can show leaves the PDF readable', async () => {
    const [line] = deskInvoice.lines;
    const many = ciiInvoice({ ...deskInvoice, lines: Array.from({ length: 20_000 }, () => line ?? never()) });
    const pages = await readHolding({ 'factur-x.xml': many });
    expect(pages.map(({ notices }) => notices)).toEqual([refused('factur-x.xml', 'is too large')]);
  });

  it('expands no entity that the file defines itself', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]>';
    const [, page] = await readHolding({
      'factur-x.xml': xml.replace('<rsm:Cross', `${bomb}<rsm:Cross`).replace('Oak desk', '&c; desk'),
    });
    expect(page?.text).not.toContain('boom');
    expect(page?.text).toContain('desk');
  });
});

it('other XML in a PDF is a file of its own', async () => {
  const pages = await readHolding({ 'data.xml': '<?xml version="1.0"?><note>Hello</note>' });
  expect(pages.map(({ holdsFiles }) => holdsFiles)).toEqual([true]);
});

function never(): never {
  throw new Error('the invoice has no line');
}
