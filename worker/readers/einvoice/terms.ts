/** Where a term of an invoice stands in each of the two forms of XML, by the local names of elements. */
interface Paths {
  ubl?: string;
  cii?: string;
}

/** A business term of EN 16931, with the words that people use for it. */
export interface Term extends Paths {
  label: string;
  kind: 'text' | 'number' | 'date';
}

const text = (label: string, ubl?: string, cii?: string): Term => termOf('text', label, ubl, cii);
const number = (label: string, ubl?: string, cii?: string): Term => termOf('number', label, ubl, cii);
const date = (label: string, ubl?: string, cii?: string): Term => termOf('date', label, ubl, cii);

function termOf(kind: Term['kind'], label: string, ubl?: string, cii?: string): Term {
  return { kind, label, ...(ubl ? { ubl } : {}), ...(cii ? { cii } : {}) };
}

const agreement = 'SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement';
const delivery = 'SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery';
const settlement = 'SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement';
const sums = `${settlement}/SpecifiedTradeSettlementHeaderMonetarySummation`;

function partyTerms(role: string, ubl: string, cii: string): Term[] {
  const address = `${ubl}/PostalAddress`;
  const postal = `${cii}/PostalTradeAddress`;
  return [
    text(`${role} name`, `${ubl}/PartyLegalEntity/RegistrationName`, `${cii}/Name`),
    text(`${role} trading name`, `${ubl}/PartyName/Name`, `${cii}/SpecifiedLegalOrganization/TradingBusinessName`),
    text(`${role} tax number`, `${ubl}/PartyTaxScheme/CompanyID`, `${cii}/SpecifiedTaxRegistration/ID`),
    text(`${role} street`, `${address}/StreetName`, `${postal}/LineOne`),
    text(`${role} postcode`, `${address}/PostalZone`, `${postal}/PostcodeCode`),
    text(`${role} city`, `${address}/CityName`, `${postal}/CityName`),
    text(`${role} country`, `${address}/Country/IdentificationCode`, `${postal}/CountryID`),
  ];
}

/** Groups of terms, in the order in which an invoice shows them. */
export const groups: readonly { heading: string; terms: readonly Term[] }[] = [
  {
    heading: 'Invoice',
    terms: [
      text('Invoice number', 'ID', 'ExchangedDocument/ID'),
      date('Invoice date', 'IssueDate', 'ExchangedDocument/IssueDateTime/DateTimeString'),
      date('Due date', 'DueDate', `${settlement}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString`),
      date(
        'Delivery date',
        'Delivery/ActualDeliveryDate',
        `${delivery}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString`,
      ),
      text('Currency', 'DocumentCurrencyCode', `${settlement}/InvoiceCurrencyCode`),
      text('Order number', 'OrderReference/ID', `${agreement}/BuyerOrderReferencedDocument/IssuerAssignedID`),
      text('Buyer reference', 'BuyerReference', `${agreement}/BuyerReference`),
      text('Note', 'Note', 'ExchangedDocument/IncludedNote/Content'),
    ],
  },
  {
    heading: 'Seller',
    terms: partyTerms('Seller', 'AccountingSupplierParty/Party', `${agreement}/SellerTradeParty`),
  },
  { heading: 'Buyer', terms: partyTerms('Buyer', 'AccountingCustomerParty/Party', `${agreement}/BuyerTradeParty`) },
  {
    heading: 'Payment',
    terms: [
      text('Payment terms', 'PaymentTerms/Note', `${settlement}/SpecifiedTradePaymentTerms/Description`),
      text(
        'IBAN',
        'PaymentMeans/PayeeFinancialAccount/ID',
        `${settlement}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID`,
      ),
      text('Payment reference', 'PaymentMeans/PaymentID', `${settlement}/PaymentReference`),
    ],
  },
];

/** The sums below the lines. */
export const totals: readonly Term[] = [
  number('Sum of lines', 'LegalMonetaryTotal/LineExtensionAmount', `${sums}/LineTotalAmount`),
  number('Allowances', 'LegalMonetaryTotal/AllowanceTotalAmount', `${sums}/AllowanceTotalAmount`),
  number('Charges', 'LegalMonetaryTotal/ChargeTotalAmount', `${sums}/ChargeTotalAmount`),
  number('Net total', 'LegalMonetaryTotal/TaxExclusiveAmount', `${sums}/TaxBasisTotalAmount`),
  number('Tax total', 'TaxTotal/TaxAmount', `${sums}/TaxTotalAmount`),
  number('Grand total', 'LegalMonetaryTotal/TaxInclusiveAmount', `${sums}/GrandTotalAmount`),
  number('Prepaid', 'LegalMonetaryTotal/PrepaidAmount', `${sums}/TotalPrepaidAmount`),
  number('Amount due', 'LegalMonetaryTotal/PayableAmount', `${sums}/DuePayableAmount`),
];

const product = 'SpecifiedTradeProduct';

/** The columns of the lines. */
export const columns: readonly Term[] = [
  text('Line', 'ID', 'AssociatedDocumentLineDocument/LineID'),
  text('Item number', 'Item/SellersItemIdentification/ID', `${product}/SellerAssignedID`),
  text('Description', 'Item/Name', `${product}/Name`),
  number('Quantity', 'InvoicedQuantity|CreditedQuantity', 'SpecifiedLineTradeDelivery/BilledQuantity'),
  number('Unit price', 'Price/PriceAmount', 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount'),
  number(
    'Tax rate',
    'Item/ClassifiedTaxCategory/Percent',
    'SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent',
  ),
  number(
    'Amount',
    'LineExtensionAmount',
    'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount',
  ),
];

/** Elements that hold a line. */
export const linePaths = {
  ubl: 'InvoiceLine|CreditNoteLine',
  cii: 'SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem',
} as const;
