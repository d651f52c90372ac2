import type { Random } from './random.ts';
import { gap, line, type Sheet } from './sheet.ts';

export interface Loan {
  /** As printed on its first page. */
  number: string;
  borrower: string;
}

/** How a lender prints its statements. */
export interface Form {
  letterhead: Sheet;
  title: string;
  label: string;
  /** The lines that name the account. */
  heading(loan: Loan, number: string): Sheet;
  numbering: 'none' | 'top' | 'bottom';
}

const labels = ['Account number', 'Account No.', 'Loan number', 'Loan No', 'Acct no', 'Loan #'] as const;
const titles = ['LOAN ACCOUNT STATEMENT', 'Statement of Loan', 'Payment History', 'Mortgage Loan Statement'] as const;
const lenders = ['First Harbor Bank', 'Cedar Savings and Loan', 'Northfield Credit Union'] as const;

type Heading = (loan: Loan, number: string, label: string) => Sheet;
const headings: [Heading, ...Heading[]] = [
  ({ borrower }, number, label) => [line(`${label}: ${number}`), line(`Borrower: ${borrower}`)],
  ({ borrower }, number, label) => [
    [
      [4, `Borrower: ${borrower}`],
      [60, `${label}: ${number}`],
    ],
  ],
  ({ borrower }, number, label) => [
    [
      [4, label],
      [40, 'Statement date'],
      [70, 'Branch'],
    ],
    [
      [4, number],
      [40, '03/31/2025'],
      [70, 'Main Street'],
    ],
    line(`Borrower: ${borrower}`),
  ],
  ({ borrower }, number, label) => [line(`Statement for ${label} ${number}`), gap, line(`Borrower: ${borrower}`)],
  ({ borrower }, number, label) => [line(`${label} ........ ${number}`), line(`Borrower ........ ${borrower}`)],
  ({ borrower }, number, label) => [
    [
      [4, 'Borrower'],
      [50, label],
    ],
    [
      [4, borrower],
      [50, number],
    ],
  ],
];

export function makeForm(random: Random): Form {
  const lender = random.pick(lenders);
  const letterhead = random.chance(0.6) ? [line(lender, 35), line('200 Main Street, Springfield', 32), gap] : [];
  const label = random.pick(labels);
  const heading = random.pick(headings);
  return {
    letterhead,
    title: random.pick(titles),
    label,
    heading: (loan, number) => heading(loan, number, label),
    numbering: random.pick(['none', 'top', 'bottom']),
  };
}

export const columnHeads: Sheet = [
  [
    [4, 'Payment date'],
    [30, 'Payment'],
    [55, 'Running balance'],
  ],
];

export function paymentRows(random: Random, count: number): Sheet {
  let balance = random.int(5000, 90_000);
  return Array.from({ length: count }, (_, index) => {
    const paid = random.int(50, 900);
    balance = Math.max(0, balance - paid);
    const day = `${String((index % 12) + 1).padStart(2, '0')}/15/2024`;
    return [
      [4, day],
      [30, `$${paid}.00`],
      [55, `$${balance.toLocaleString('en-US')}.00`],
    ];
  });
}

const sentences = [
  'Payments received after the fifteenth day of a month are credited in the next one.',
  'A late charge of five percent is added to payments that are more than ten days late.',
  'Interest is computed on the outstanding balance at the rate that is agreed in the note.',
] as const;

export function prose(random: Random, count: number): Sheet {
  return Array.from({ length: count }, () => line(random.pick(sentences)));
}

/** Ways to speak of another account without turning to it. */
export function mention(random: Random, label: string, number: string): Sheet {
  return random.pick<Sheet>([
    [line(`For the second lien please see related ${label.toLowerCase()} ${number} in this file.`)],
    [line(`See related loan: ${label} ${number}`)],
    [
      line('In March the escrow surplus of the borrower was applied against the outstanding interest of'),
      line(`${label.toLowerCase()} ${number} as the borrower had asked.`),
    ],
    [
      [
        [4, '02/11/2025'],
        [20, `Transfer to ${label} ${number}`],
        [70, '$250.00'],
      ],
    ],
    [line(`Refinanced from ${label} ${number}`)],
  ]);
}
