import { describe, expect, it } from 'vitest';
import { detectText } from '#lib/files/detect-text.ts';
import { readContent } from '#tests/support/read-file.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ubl = `${head}<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:a" xmlns:cbc="urn:b">
<cbc:ID>R-7</cbc:ID><cbc:IssueDate>2025-03-04</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Heron &amp; Co</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">1190.00</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity>2</cbc:InvoicedQuantity><cbc:LineExtensionAmount>398.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Desk</cbc:Name></cac:Item></cac:InvoiceLine>
</Invoice>`;
const cii = `${head}<rsm:CrossIndustryInvoice xmlns:rsm="urn:r" xmlns:ram="urn:m" xmlns:udt="urn:u">
<rsm:ExchangedDocument><ram:ID>R-8</ram:ID><ram:IssueDateTime><udt:DateTimeString format="102">20250304</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Lamp</ram:Name></ram:SpecifiedTradeProduct></ram:IncludedSupplyChainTradeLineItem>
<ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty><ram:Name>Adler AG</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;

describe('an electronic invoice', () => {
  it('in UBL is shown with the words of an invoice, its lines as a table', async () => {
    const [page] = await readContent('xml', ubl);
    expect(page?.text).toBe(
      [
        'Invoice\nInvoice number:\tR-7\nInvoice date:\t2025-03-04\nCurrency:\tEUR',
        'Seller\nSeller name:\tHeron & Co',
        'Lines\nLine\tDescription\tQuantity\tAmount\n1\tDesk\t2\t398.00',
        'Totals\nGrand total:\t1190.00',
      ].join('\n\n'),
    );
    expect(page?.words.find(({ text }) => text === '1190.00')?.typed).toEqual({ kind: 'number', value: '1190.00' });
  });

  it('in CII is shown alike', async () => {
    const [page] = await readContent('xml', cii);
    expect(page?.text).toBe(
      'Invoice\nInvoice number:\tR-8\nInvoice date:\t2025-03-04\n\nBuyer\nBuyer name:\tAdler AG\n\nLines\nDescription\nLamp',
    );
  });
});

describe('in UBL', () => {
  const wrapped = (root: string, inner: string) =>
    `${head}<${root} xmlns="urn:x" xmlns:cac="urn:a" xmlns:cbc="urn:b"><cbc:ID>R-7</cbc:ID>${inner}</${root}>`;
  const party = (inner: string) => `<cac:Party>${inner}</cac:Party>`;
  const tax = (id: string, scheme: string) =>
    `<cac:PartyTaxScheme><cbc:CompanyID>${id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>${scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>`;

  it('the VAT number of the seller is told from their other tax number', async () => {
    const seller = party(tax('22/815', 'FC') + tax('DE136695976', 'VAT'));
    const [page] = await readContent(
      'xml',
      wrapped('Invoice', `<cac:AccountingSupplierParty>${seller}</cac:AccountingSupplierParty>`),
    );
    expect(page?.text).toContain('Seller VAT number:\tDE136695976\nSeller tax number:\t22/815');
    expect(page?.words.find(({ text }) => text === '22/815')?.term).toEqual({ id: 'BT-32' });
  });

  it('a credit note is due when its payment is', async () => {
    const means = '<cac:PaymentMeans><cbc:PaymentDueDate>2025-05-01</cbc:PaymentDueDate></cac:PaymentMeans>';
    const [page] = await readContent('xml', wrapped('CreditNote', means));
    expect(page?.text).toContain('Due date:\t2025-05-01');
  });

  it('an order is shown with the words of an order', async () => {
    const order = wrapped(
      'Order',
      `<cbc:IssueDate>2025-03-04</cbc:IssueDate><cac:Delivery><cac:RequestedDeliveryPeriod><cbc:StartDate>2025-03-20</cbc:StartDate></cac:RequestedDeliveryPeriod></cac:Delivery>
<cac:BuyerCustomerParty>${party('<cac:PartyName><cbc:Name>Adler AG</cbc:Name></cac:PartyName>')}</cac:BuyerCustomerParty>
<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:Quantity>2</cbc:Quantity><cac:Item><cbc:Name>Desk</cbc:Name></cac:Item></cac:LineItem></cac:OrderLine>`,
    );
    const [page] = await readContent('xml', order);
    expect(page?.text).toContain('Order\nOrder number:\tR-7\nOrder date:\t2025-03-04\nDelivery date:\t2025-03-20');
    expect(page?.text).toContain('Buyer name:\tAdler AG');
    expect(page?.text).toContain('Lines\nLine\tDescription\tQuantity\n1\tDesk\t2');
  });
});

describe('other XML', () => {
  it('is shown element by element, with its attributes', async () => {
    const [page] = await readContent(
      'xml',
      `${head}<order no="7"><itemName>Desk</itemName><qty unit="pcs">2</qty></order>`,
    );
    expect(page?.text).toBe('No: 7\nItem name: Desk\nQty: 2\nUnit: pcs');
  });

  it('expands no entity that it defines itself', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]>';
    const [page] = await readContent('xml', `${head}${bomb}<a><x>&c;</x><y>kept</y></a>`);
    expect(page?.text).not.toContain('boom');
    expect(page?.text).toContain('Y: kept');
  });

  it('nested too deeply is refused', async () => {
    await expect(readContent('xml', head + '<a>'.repeat(2000))).rejects.toMatchObject({ reason: 'too_complex' });
  });
});

it('XML is told from web pages and other text by its beginning', () => {
  const typeOf = (text: string) => detectText(Buffer.from(text), false, 'a.txt');
  expect(typeOf(ubl)).toBe('xml');
  expect(typeOf('<Invoice xmlns="urn:x"><ID>1</ID></Invoice>')).toBe('xml');
  expect(typeOf('<?xml version="1.0"?>\n<html><body>Hi</body></html>')).toBe('html');
  expect(typeOf('3 < 4 and xmlns is a word')).toBe('txt');
});
