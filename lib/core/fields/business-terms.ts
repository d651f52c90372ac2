/** Business terms of EN 16931 about the invoice as a whole that are read from electronic invoices, with the words for them. */
const ofInvoice = {
  'BT-1': 'Invoice number',
  'BT-2': 'Invoice date',
  'BT-5': 'Currency',
  'BT-9': 'Due date',
  'BT-10': 'Buyer reference',
  'BT-11': 'Project',
  'BT-12': 'Contract',
  'BT-13': 'Order number',
  'BT-20': 'Payment terms',
  'BT-22': 'Note',
  'BT-27': 'Seller name',
  'BT-28': 'Seller trading name',
  'BT-31': 'Seller VAT number',
  'BT-32': 'Seller tax number',
  'BT-35': 'Seller street',
  'BT-37': 'Seller city',
  'BT-38': 'Seller postcode',
  'BT-40': 'Seller country',
  'BT-44': 'Buyer name',
  'BT-45': 'Buyer trading name',
  'BT-48': 'Buyer VAT number',
  'BT-50': 'Buyer street',
  'BT-52': 'Buyer city',
  'BT-53': 'Buyer postcode',
  'BT-55': 'Buyer country',
  'BT-72': 'Delivery date',
  'BT-83': 'Payment reference',
  'BT-84': 'IBAN',
  'BT-86': 'BIC',
  'BT-106': 'Sum of lines',
  'BT-107': 'Allowances',
  'BT-108': 'Charges',
  'BT-109': 'Net total',
  'BT-110': 'Tax total',
  'BT-112': 'Grand total',
  'BT-113': 'Prepaid',
  'BT-114': 'Rounding',
  'BT-115': 'Amount due',
} as const;

/** Those about one of its lines. */
const ofLine = {
  'BT-126': 'Line',
  'BT-155': 'Item number',
  'BT-157': 'GTIN',
  'BT-153': 'Description',
  'BT-129': 'Quantity',
  'BT-146': 'Unit price',
  'BT-152': 'Tax rate',
  'BT-131': 'Amount',
} as const;

/** Terms that are read, with the words for them. */
export const businessTerms = { ...ofInvoice, ...ofLine };
export type BusinessTerm = keyof typeof businessTerms;

/** The group of the terms of a line. */
export const lineGroup = 'BG-25';

export const invoiceTerms: readonly string[] = Object.keys(ofInvoice);
export const lineTerms: readonly string[] = Object.keys(ofLine);
