import type { Drawn } from './draw.ts';
import type { Loan } from './forms.ts';
import type { Sheet } from './sheet.ts';

/** What is printed about one account of a packet. */
export interface LoanValues {
  Account_Number: string;
  Account_Holders: string[];
  Interest_Rate: number | null;
  Opening_Balance: number | null;
  Total_Paid: number | null;
  Payments: { Date: string; Amount: number; Balance: number }[];
}

/** The values of each account, by its place among the loans. */
export function valuesOf(drawn: readonly Drawn[], loans: readonly Loan[]): Map<number, LoanValues> {
  const owned = Map.groupBy(drawn.flatMap(partsOf), ({ owner }) => owner);
  return new Map(
    [...owned].map(([owner, parts]) => [
      owner,
      read(
        parts.flatMap(({ sheet }) => sheet),
        loans[owner],
      ),
    ]),
  );
}

/** A sheet by whose it is: a shared one is cut in two. */
function partsOf({ sheet, owners, cutRow }: Drawn): { owner: number; sheet: Sheet }[] {
  const [first, second] = owners;
  if (first === undefined) return [];
  if (second === undefined || cutRow === null) return [{ owner: first, sheet }];
  return [
    { owner: first, sheet: sheet.slice(0, cutRow) },
    { owner: second, sheet: sheet.slice(cutRow) },
  ];
}

const amount = (text: string) => Number(text.replace(/[$,]/g, ''));

function read(sheet: Sheet, loan: Loan | undefined): LoanValues {
  const phrases = sheet.flatMap((cells) => cells.map(([, text]) => text));
  const after = (label: string) => {
    const found = phrases.find((text) => text.startsWith(label));
    return found === undefined ? null : amount(found.slice(label.length));
  };
  return {
    Account_Number: loan?.number ?? '',
    // Nobody is named where only the later pages of an account are there.
    Account_Holders: loan && phrases.some((text) => text.includes(loan.borrower)) ? [loan.borrower] : [],
    Interest_Rate: after('Rate: '),
    Opening_Balance: after('Opening balance: '),
    Total_Paid: after('Total paid: '),
    Payments: sheet.flatMap(([date, paid, balance]) => {
      const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(date?.[1] ?? '') ?? [];
      if (!month || !paid || !balance || !/^\$\d/.test(paid[1])) return [];
      return [{ Date: `${year}-${month}-${day}`, Amount: amount(paid[1]), Balance: amount(balance[1]) }];
    }),
  };
}
