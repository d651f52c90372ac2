import { date, list, money, object, text } from './parts.ts';

export const invoice = {
  slug: 'invoice',
  name: 'Invoice',
  locale: 'en-US',
  priority: 'normal',
  instructions: 'Invoices and credit notes. The seller issued the document, the buyer has to pay. Line items are the rows of goods or services, without subtotals.',
  fields: object(
    {
      Invoice_Number: text([
        'Invoice no', 'Invoice #', 'Invoice number', 'Credit note number', 'Document number', 'Bill no',
        'Rechnungsnummer', 'Rechnung Nr', 'Belegnummer', 'Facture n°', 'N° de facture', 'Numéro de facture', 'Avoir n°',
        'Factura n°', 'Número de factura', 'Fattura n.', 'Numero fattura', 'Factuurnummer',
      ]),
      Issue_Date: date([
        'Invoice date', 'Date', 'Date of issue', 'Issued', 'Rechnungsdatum', 'Datum', 'Belegdatum',
        'Date de facture', "Date d'émission", 'Fecha', 'Fecha de factura', 'Data fattura', 'Factuurdatum',
      ]),
      Due_Date: date([
        'Due', 'Due date', 'Payment due', 'Pay by', 'Fällig am', 'Fälligkeitsdatum', 'Zahlbar bis', "Date d'échéance",
        'Échéance', 'Fecha de vencimiento', 'Scadenza', 'Vervaldatum',
      ]),
      Seller_Name: text(['Seller', 'From', 'Supplier', 'Vendor', 'Lieferant', 'Verkäufer', 'Vendeur', 'Fournisseur', 'Proveedor', 'Fornitore'], {
        description: 'Company that issued the invoice',
      }),
      Seller_Tax_Id: text(['VAT number', 'VAT ID', 'VAT Reg No', 'Tax ID', 'USt-IdNr', 'Steuernummer', 'N° TVA', 'TVA intracommunautaire', 'NIF', 'Partita IVA', 'ABN', 'GST no']),
      Buyer_Name: text(['Buyer', 'Bill to', 'Billed to', 'Invoice to', 'Customer', 'Kunde', 'Käufer', 'Rechnungsempfänger', 'Acheteur', 'Client', 'Facturé à', 'Cliente'], {
        description: 'Company or person who has to pay',
      }),
      Currency: { type: 'string', format: 'currency', 'x-aliases': ['Currency', 'Währung', 'Devise', 'Moneda', 'Valuta'] },
      Net_Total: money(['Subtotal', 'Sub-total', 'Net total', 'Net amount', 'Total excl. tax', 'Nettobetrag', 'Summe netto', 'Total HT', 'Montant HT', 'Base imponible', 'Imponibile']),
      Tax_Total: money(['VAT', 'Tax', 'Total tax', 'Sales tax', 'GST', 'USt', 'MwSt', 'Umsatzsteuer', 'Mehrwertsteuer', 'Steuerbetrag', 'TVA', 'Total TVA', 'Montant TVA', 'IVA', 'BTW'], 'Total tax'),
      Grand_Total: money(
        ['Total', 'Grand total', 'Total due', 'Amount due', 'Invoice total', 'Balance due', 'Gesamtbetrag', 'Bruttobetrag', 'Rechnungsbetrag', 'Zahlbetrag', 'Total TTC', 'Montant TTC', 'Net à payer', 'Importe total', 'Totale', 'Totaal'],
        'Total with tax',
      ),
      IBAN: { type: 'string', format: 'iban', 'x-aliases': ['IBAN'] },
      Line_Items: list(
        object({
          Description: text(['Item', 'Article', 'Product', 'Service', 'Bezeichnung', 'Beschreibung', 'Désignation', 'Libellé', 'Descripción', 'Descrizione']),
          Quantity: money(['Qty', 'Quantity', 'Hours', 'Menge', 'Anzahl', 'Quantité', 'Qté', 'Cantidad', 'Quantità']),
          Unit_Price: money(['Unit price', 'Price', 'Rate', 'Einzelpreis', 'Preis', 'Prix unitaire', 'P.U. HT', 'Precio', 'Prezzo']),
          Amount: money(['Amount', 'Line total', 'Total', 'Betrag', 'Gesamt', 'Montant', 'Total HT', 'Importe', 'Importo']),
        }),
        ['Items', 'Positions', 'Positionen', 'Lignes'],
      ),
    },
    ['Invoice_Number', 'Issue_Date', 'Grand_Total'],
  ),
  rules: [
    {
      name: 'net and tax make the total',
      check: 'near(Grand_Total, Net_Total + Tax_Total, 0.02)',
      message: 'Net total and tax do not add up to the grand total',
      severity: 'error',
    },
    {
      name: 'due after issue',
      check: 'date(Due_Date) >= date(Issue_Date)',
      message: 'The invoice is due before it was issued',
      severity: 'warning',
    },
  ],
};
