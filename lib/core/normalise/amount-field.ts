import type { ScalarField } from '#lib/core/fields/field.ts';

const amounts =
  /(?<!\p{L})(amounts?|total|subtotal|sum|balance|price|cost|fees?|tax|vat|paid|payment|due|deposit|salary|net|gross|betrag|summe|gesamt|saldo|preis|netto|brutto|montant|prix|solde|importe|precio|valor|totale|prezzo)(?!\p{L})/iu;

/** Whether a field holds an amount of money, by its name. */
export function isAmountField({ name, label }: Pick<ScalarField, 'name' | 'label'>): boolean {
  return amounts.test(`${name} ${label}`.replaceAll('_', ' ').replace(/(?<=[a-z])(?=[A-Z])/g, ' '));
}
