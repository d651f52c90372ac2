import { date, list, money, object, text } from './parts.ts';

export const bankStatement = {
  slug: 'bank-statement',
  name: 'Bank statement',
  locale: 'en-US',
  priority: 'normal',
  instructions: 'Statements of bank accounts. Transactions are the rows of movements in the order printed; money out is a debit, money in a credit.',
  fields: object(
    {
      Account_Number: text(['Account number', 'Account no', 'Acct no', 'Account #', 'Kontonummer', 'Numéro de compte', 'N° de compte', 'Número de cuenta', 'Conto']),
      IBAN: { type: 'string', format: 'iban', 'x-aliases': ['IBAN'] },
      Account_Holder: text(['Account holder', 'Account name', 'Customer', 'Kontoinhaber', 'Titulaire', 'Titular', 'Intestatario']),
      Bank: text(['Bank'], { description: 'Name of the bank, as printed at the top' }),
      Period_Start: date(['Period start', 'Statement from', 'From', 'Von', 'Du', 'Desde']),
      Period_End: date(['Period end', 'Statement date', 'Statement to', 'To', 'Bis', 'Au', 'Hasta']),
      Currency: { type: 'string', format: 'currency', 'x-aliases': ['Currency', 'Währung', 'Devise'] },
      Opening_Balance: money(['Opening balance', 'Previous balance', 'Balance brought forward', 'Anfangssaldo', 'Alter Saldo', 'Ancien solde', 'Solde précédent', 'Saldo anterior', 'Saldo inicial']),
      Closing_Balance: money(['Closing balance', 'Ending balance', 'New balance', 'Balance carried forward', 'Endsaldo', 'Neuer Saldo', 'Nouveau solde', 'Saldo final']),
      Transactions: list(
        object({
          Date: date(['Date', 'Posting date', 'Value date', 'Datum', 'Buchungstag', 'Fecha', 'Data']),
          Description: text(['Description', 'Details', 'Transaction', 'Verwendungszweck', 'Libellé', 'Concepto', 'Descrizione']),
          Debit: money(['Debit', 'Withdrawals', 'Money out', 'Paid out', 'Soll', 'Débit', 'Cargo', 'Dare']),
          Credit: money(['Credit', 'Deposits', 'Money in', 'Paid in', 'Haben', 'Crédit', 'Abono', 'Avere']),
          Balance: money(['Balance', 'Running balance', 'Saldo', 'Solde']),
        }),
        ['Transactions', 'Account activity'],
      ),
    },
    ['Account_Number'],
  ),
  rules: [
    {
      name: 'running balance',
      chain: { rows: 'Transactions', open: 'Opening_Balance', add: ['Credit'], subtract: ['Debit'], balance: 'Balance' },
    },
    {
      name: 'closing balance',
      check: "near(Closing_Balance, Opening_Balance + sum(Transactions, 'Credit') - sum(Transactions, 'Debit'))",
      message: 'Opening balance and transactions do not give the closing balance',
      severity: 'error',
    },
  ],
};
