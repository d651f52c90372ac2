import { date, list, money, object, text } from './parts.ts';

export const loanAccounts = {
  slug: 'loan-accounts',
  name: 'Loan accounts',
  locale: 'en-US',
  priority: 'high',
  instructions:
    'Loan account statements, often several accounts in one file. Payments are the rows of the payment history, in the order printed. Leave out the totals row.',
  fields: object(
    {
      Account_Number: text(
        ['Account number', 'Account no', 'Acct no', 'Account #', 'Loan number', 'Loan no', 'Loan #'],
        {
          pattern: '^[0-9-]{6,}$',
        },
      ),
      Account_Holders: list({ type: 'string' }, [
        'Account holder',
        'Account holders',
        'Borrower',
        'Borrowers',
        'Holder',
        'Customer',
      ]),
      Opened: date(['Date opened', 'Open date', 'Opened on', 'Origination date', 'Loan date']),
      Interest_Rate: money(['Rate', 'Annual rate', 'APR', 'Interest rate'], 'Yearly interest in percent'),
      Opening_Balance: money([
        'Opening balance',
        'Original balance',
        'Beginning balance',
        'Original amount',
        'Principal',
      ]),
      Total_Paid: money(['Total paid', 'Total payments', 'Payments received', 'Amount paid to date']),
      Closing_Balance: money([
        'Closing balance',
        'Ending balance',
        'Current balance',
        'Balance due',
        'Outstanding balance',
      ]),
      Payments: list(
        object({
          Date: date(['Payment date', 'Posted', 'Date paid']),
          Amount: money(['Payment', 'Payment amount', 'Paid', 'Amount paid']),
          Balance: money(['Running balance', 'Balance after', 'Remaining balance', 'Principal balance']),
        }),
        ['Payment history', 'Transactions', 'Payment schedule'],
      ),
    },
    ['Account_Number'],
  ),
  split: { by: 'Account_Number' },
  rules: [
    {
      name: 'total adds up',
      check: "near(Total_Paid, sum(Payments, 'Amount'))",
      message: 'Payments do not add up to the total',
      severity: 'error',
    },
    {
      name: 'running balance',
      chain: { rows: 'Payments', open: 'Opening_Balance', add: [], subtract: ['Amount'], balance: 'Balance' },
    },
    {
      name: 'closing balance',
      check: 'near(Closing_Balance, Opening_Balance - Total_Paid)',
      message: 'Opening balance less payments is not the closing balance',
      severity: 'warning',
    },
  ],
};
