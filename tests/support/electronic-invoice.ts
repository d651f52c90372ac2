import { PDFDocument } from 'pdf-lib';

export interface InvoiceFacts {
  number: string;
  /** As `20250304`. */
  date: string;
  due?: string;
  seller: string;
  net: string;
  tax: string;
  total: string;
  lines: { name: string; quantity: string; price: string; amount: string }[];
}

export const deskInvoice: InvoiceFacts = {
  number: 'R-2025/17',
  date: '20250304',
  due: '20250403',
  seller: 'Heron Office Supply',
  net: '1037.39',
  tax: '197.11',
  total: '1234.50',
  lines: [
    { name: 'Oak desk', quantity: '2', price: '400.00', amount: '800.00' },
    { name: 'Lamp', quantity: '1', price: '237.39', amount: '237.39' },
  ],
};

const day = (text: string) => `<udt:DateTimeString format="102">${text}</udt:DateTimeString>`;

/** The XML of an invoice as Factur-X and ZUGFeRD 2 embed it. */
export function ciiInvoice({ number, date, due, seller, net, tax, total, lines }: InvoiceFacts): string {
  const items = lines.map(
    ({ name, quantity, price, amount }, index) =>
      `<ram:IncludedSupplyChainTradeLineItem>
<ram:AssociatedDocumentLineDocument><ram:LineID>${index + 1}</ram:LineID></ram:AssociatedDocumentLineDocument>
<ram:SpecifiedTradeProduct><ram:Name>${name}</ram:Name></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>${price}</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">${quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${amount}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
</ram:IncludedSupplyChainTradeLineItem>`,
  );
  const dueDate = due ? `<ram:DueDateDateTime>${day(due)}</ram:DueDateDateTime>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:r" xmlns:ram="urn:m" xmlns:udt="urn:u">
<rsm:ExchangedDocument><ram:ID>${number}</ram:ID><ram:IssueDateTime>${day(date)}</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>${items.join('\n')}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>${seller}</ram:Name>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">22/815</ram:ID></ram:SpecifiedTaxRegistration>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID></ram:SpecifiedTaxRegistration>
</ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Adler AG</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms>${dueDate}</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxBasisTotalAmount>${net}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="USD">1.00</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="EUR">${tax}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>${total}</ram:GrandTotalAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;
}

/** The XML of an order as Order-X embeds it. */
export function ciiOrder(facts: InvoiceFacts): string {
  return ciiInvoice(facts)
    .replaceAll('rsm:CrossIndustryInvoice', 'rsm:SCRDMCCBDACIOMessageStructure')
    .replaceAll('BilledQuantity', 'RequestedQuantity')
    .replaceAll('InvoiceCurrencyCode', 'OrderCurrencyCode');
}

/** A PDF of pages with these lines that holds files. */
export async function pdfHolding(
  pages: readonly (readonly string[])[],
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (const lines of pages) {
    const page = pdf.addPage();
    lines.forEach((line, index) => page.drawText(line, { x: 50, y: 780 - index * 20, size: 11 }));
  }
  for (const [name, content] of Object.entries(files)) {
    await pdf.attach(Buffer.from(content), name, { mimeType: 'text/xml' });
  }
  return pdf.save();
}
