import { type BusinessTerm, businessTerms } from '#lib/core/fields/business-terms.ts';

/** The dialects of XML that electronic invoices and orders are written in. */
export type Dialect = 'ubl' | 'cii';

/**
 * Where a term is in each dialect, by the local names of elements (`elementsAt`).
 */
interface Paths {
  ubl?: string;
  cii?: string;
}

/** A business term of EN 16931, with the words that people use for it. */
export interface TermPaths extends Paths {
  id: BusinessTerm;
  kind: 'text' | 'number' | 'date';
  label: string;
}

const text = (id: BusinessTerm, ubl?: string, cii?: string) => termOf('text', id, ubl, cii);
const number = (id: BusinessTerm, ubl?: string, cii?: string) => termOf('number', id, ubl, cii);
const date = (id: BusinessTerm, ubl?: string, cii?: string) => termOf('date', id, ubl, cii);

function termOf(kind: TermPaths['kind'], id: BusinessTerm, ubl?: string, cii?: string): TermPaths {
  return { id, kind, label: businessTerms[id], ...(ubl ? { ubl } : {}), ...(cii ? { cii } : {}) };
}

// The names of ZUGFeRD 1 first, then those of its successors.
const document = 'HeaderExchangedDocument|ExchangedDocument';
const trade = 'SpecifiedSupplyChainTradeTransaction|SupplyChainTradeTransaction';
const agreement = `${trade}/ApplicableSupplyChainTradeAgreement|ApplicableHeaderTradeAgreement`;
const delivery = `${trade}/ApplicableSupplyChainTradeDelivery|ApplicableHeaderTradeDelivery`;
const settlement = `${trade}/ApplicableSupplyChainTradeSettlement|ApplicableHeaderTradeSettlement`;
const sums = `${settlement}/SpecifiedTradeSettlementMonetarySummation|SpecifiedTradeSettlementHeaderMonetarySummation`;
const terms = `${settlement}/SpecifiedTradePaymentTerms`;
const means = `${settlement}/SpecifiedTradeSettlementPaymentMeans`;
const ublSums = 'LegalMonetaryTotal|AnticipatedMonetaryTotal';

type PartyTerm = 'name' | 'trading' | 'vat' | 'tax' | 'street' | 'postcode' | 'city' | 'country';
type PartyIds = Record<Exclude<PartyTerm, 'tax'>, BusinessTerm> & { tax?: BusinessTerm };

function partyTerms(ids: PartyIds, ubl: string, cii: string): TermPaths[] {
  const address = `${ubl}/PostalAddress`;
  const postal = `${cii}/PostalTradeAddress`;
  const [ublTax, ciiTax] = [`${ubl}/PartyTaxScheme`, `${cii}/SpecifiedTaxRegistration/ID`];
  return [
    text(ids.name, `${ubl}/PartyLegalEntity/RegistrationName ${ubl}/PartyName/Name`, `${cii}/Name`),
    text(ids.trading, `${ubl}/PartyName/Name`, `${cii}/SpecifiedLegalOrganization/TradingBusinessName`),
    text(ids.vat, `${ublTax}[VAT]/CompanyID`, `${ciiTax}[VA]`),
    ...(ids.tax ? [text(ids.tax, `${ublTax}[!VAT]/CompanyID`, `${ciiTax}[FC]`)] : []),
    text(ids.street, `${address}/StreetName`, `${postal}/LineOne`),
    text(ids.postcode, `${address}/PostalZone`, `${postal}/PostcodeCode`),
    text(ids.city, `${address}/CityName`, `${postal}/CityName`),
    text(ids.country, `${address}/Country/IdentificationCode`, `${postal}/CountryID`),
  ];
}

const seller: PartyIds = {
  name: 'BT-27',
  trading: 'BT-28',
  vat: 'BT-31',
  tax: 'BT-32',
  street: 'BT-35',
  postcode: 'BT-38',
  city: 'BT-37',
  country: 'BT-40',
};
const buyer: PartyIds = {
  name: 'BT-44',
  trading: 'BT-45',
  vat: 'BT-48',
  street: 'BT-50',
  postcode: 'BT-53',
  city: 'BT-52',
  country: 'BT-55',
};

/** Groups of terms, in the order in which an invoice shows them; the first has the file's own name. */
export const groups: readonly { heading: string | null; terms: readonly TermPaths[] }[] = [
  {
    heading: null,
    terms: [
      text('BT-1', 'ID', `${document}/ID`),
      date('BT-2', 'IssueDate', `${document}/IssueDateTime/DateTimeString`),
      date('BT-9', 'DueDate PaymentMeans/PaymentDueDate', `${terms}/DueDateDateTime/DateTimeString`),
      date(
        'BT-72',
        'Delivery/ActualDeliveryDate Delivery/RequestedDeliveryPeriod/StartDate',
        `${delivery}/ActualDeliverySupplyChainEvent|RequestedDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString`,
      ),
      text('BT-5', 'DocumentCurrencyCode', `${settlement}/InvoiceCurrencyCode|OrderCurrencyCode`),
      text('BT-13', 'OrderReference/ID', `${agreement}/BuyerOrderReferencedDocument/ID|IssuerAssignedID`),
      text('BT-10', 'BuyerReference', `${agreement}/BuyerReference`),
      text('BT-11', 'ProjectReference/ID', `${agreement}/SpecifiedProcuringProject/ID`),
      text('BT-12', 'ContractDocumentReference/ID', `${agreement}/ContractReferencedDocument/ID|IssuerAssignedID`),
      text('BT-22', 'Note', `${document}/IncludedNote/Content`),
    ],
  },
  {
    heading: 'Seller',
    terms: partyTerms(seller, 'AccountingSupplierParty|SellerSupplierParty/Party', `${agreement}/SellerTradeParty`),
  },
  {
    heading: 'Buyer',
    terms: partyTerms(buyer, 'AccountingCustomerParty|BuyerCustomerParty/Party', `${agreement}/BuyerTradeParty`),
  },
  {
    heading: 'Payment',
    terms: [
      text('BT-20', 'PaymentTerms/Note', `${terms}/Description`),
      text('BT-84', 'PaymentMeans/PayeeFinancialAccount/ID', `${means}/PayeePartyCreditorFinancialAccount/IBANID`),
      text(
        'BT-86',
        'PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID',
        `${means}/PayeeSpecifiedCreditorFinancialInstitution/BICID`,
      ),
      text('BT-83', 'PaymentMeans/PaymentID', `${settlement}/PaymentReference`),
    ],
  },
];

/** The sums below the lines. */
export const totals: readonly TermPaths[] = [
  number('BT-106', `${ublSums}/LineExtensionAmount`, `${sums}/LineTotalAmount`),
  number('BT-107', `${ublSums}/AllowanceTotalAmount`, `${sums}/AllowanceTotalAmount`),
  number('BT-108', `${ublSums}/ChargeTotalAmount`, `${sums}/ChargeTotalAmount`),
  number('BT-109', `${ublSums}/TaxExclusiveAmount`, `${sums}/TaxBasisTotalAmount`),
  number('BT-110', 'TaxTotal/TaxAmount', `${sums}/TaxTotalAmount`),
  number('BT-112', `${ublSums}/TaxInclusiveAmount`, `${sums}/GrandTotalAmount`),
  number('BT-113', `${ublSums}/PrepaidAmount`, `${sums}/TotalPrepaidAmount`),
  number('BT-114', `${ublSums}/PayableRoundingAmount`, `${sums}/RoundingAmount`),
  number('BT-115', `${ublSums}/PayableAmount`, `${sums}/DuePayableAmount`),
];

const product = 'SpecifiedTradeProduct';
const lineAgreement = 'SpecifiedSupplyChainTradeAgreement|SpecifiedLineTradeAgreement';
const lineDelivery = 'SpecifiedSupplyChainTradeDelivery|SpecifiedLineTradeDelivery';
const lineSettlement = 'SpecifiedSupplyChainTradeSettlement|SpecifiedLineTradeSettlement';
const lineSums = 'SpecifiedTradeSettlementMonetarySummation|SpecifiedTradeSettlementLineMonetarySummation';

/** The columns of the lines. */
export const columns: readonly TermPaths[] = [
  text('BT-126', 'ID', 'AssociatedDocumentLineDocument/LineID'),
  text('BT-155', 'Item/SellersItemIdentification/ID', `${product}/SellerAssignedID`),
  text('BT-157', 'Item/StandardItemIdentification/ID', `${product}/GlobalID`),
  text('BT-153', 'Item/Name', `${product}/Name`),
  number('BT-129', 'InvoicedQuantity|CreditedQuantity|Quantity', `${lineDelivery}/BilledQuantity|RequestedQuantity`),
  number('BT-146', 'Price/PriceAmount', `${lineAgreement}/NetPriceProductTradePrice/ChargeAmount`),
  number(
    'BT-152',
    'Item/ClassifiedTaxCategory/Percent',
    `${lineSettlement}/ApplicableTradeTax/ApplicablePercent|RateApplicablePercent`,
  ),
  number('BT-131', 'LineExtensionAmount', `${lineSettlement}/${lineSums}/LineTotalAmount`),
];

/** Elements that hold a line. */
export const linePaths: Readonly<Record<Dialect, string>> = {
  ubl: 'InvoiceLine|CreditNoteLine OrderLine/LineItem',
  cii: `${trade}/IncludedSupplyChainTradeLineItem`,
};
