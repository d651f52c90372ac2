import { date, list, money, object, text } from './parts.ts';

export const receipt = {
  slug: 'receipt',
  name: 'Receipt',
  locale: 'en-US',
  priority: 'normal',
  instructions:
    'Till receipts, often scanned. The merchant stands at the top. The total is what was paid, after rounding.',
  fields: object(
    {
      Merchant: text(['Merchant', 'Store', 'Shop', 'Sold by'], {
        description: 'Name of the shop, as printed at the top',
      }),
      Address: text(['Address'], { description: 'Address of the shop, on one line' }),
      Date: date(
        ['Date', 'Purchase date', 'Bill date', 'Invoice date', 'Datum', 'Fecha', 'Data'],
        'Date of the purchase',
      ),
      Time: { type: 'string', format: 'time', 'x-aliases': ['Time', 'Uhrzeit', 'Heure', 'Hora'] },
      Receipt_Number: text([
        'Receipt no',
        'Receipt #',
        'Bill no',
        'Invoice no',
        'Slip no',
        'Ticket',
        'Bon-Nr',
        'Beleg-Nr',
      ]),
      Currency: { type: 'string', format: 'currency', 'x-aliases': ['Currency'] },
      Tax: money(['Tax', 'Sales tax', 'VAT', 'GST', 'MwSt', 'TVA', 'IVA'], 'Total tax'),
      Total: money(
        [
          'Total',
          'Grand total',
          'Total amount',
          'Amount due',
          'Amount paid',
          'Net total',
          'Rounded total',
          'Summe',
          'Gesamt',
          'Montant',
          'Importe',
        ],
        'What was paid',
      ),
      Payment_Method: text(['Paid by', 'Payment', 'Tender', 'Card', 'Payment method']),
      Items: list(
        object({
          Description: text(['Item', 'Description', 'Article']),
          Quantity: money(['Qty', 'Quantity']),
          Amount: money(['Amount', 'Price', 'Total']),
        }),
      ),
    },
    ['Date', 'Total'],
  ),
  rules: [
    { name: 'tax below total', check: 'Tax <= Total', message: 'The tax is more than the total', severity: 'warning' },
  ],
};
