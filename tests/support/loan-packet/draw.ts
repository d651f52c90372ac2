import type { HardCase } from '../loan-packet.ts';
import { columnHeads, type Form, type Loan, makeForm, mention, paymentRows, prose } from './forms.ts';
import { mask, respell } from './numbers.ts';
import type { Random } from './random.ts';
import { gap, line, type Sheet } from './sheet.ts';

/** A sheet of paper, whose it is, and where a second account begins on it. */
export interface Drawn {
  sheet: Sheet;
  owners: number[];
  cutRow: number | null;
}

interface Packet {
  random: Random;
  cases: ReadonlySet<HardCase>;
  loans: readonly Loan[];
  /** Forms of the lenders in the packet. */
  forms: readonly [Form, ...Form[]];
  pagesPerAccount: number | null;
}

const maxPages = 500;
const sharedRows = 24;

export function drawPacket(given: Omit<Packet, 'forms'>): Drawn[] {
  const { random, cases, loans } = given;
  const first = makeForm(random);
  const packet: Packet = { ...given, forms: random.chance(0.3) ? [first, makeForm(random)] : [first] };
  const drawn: Drawn[] = [];
  if (cases.has('cover')) drawn.push({ sheet: cover(packet, first), owners: [], cutRow: null });
  for (const [index, loan] of loans.entries()) {
    const form = random.pick(packet.forms);
    const pages = accountSheets(packet, loan, form);
    if (drawn.length + pages.length + 10 > maxPages) break;
    const sheets = pages.map((sheet): Drawn => ({ sheet, owners: [index], cutRow: null }));
    drawn.push(...(cases.has('shared page') ? joinedTo(packet, drawn, sheets) : sheets));
    if (cases.has('blank') && random.chance(0.5)) drawn.push({ sheet: [], owners: [index], cutRow: null });
    if (cases.has('returns') && index > 0 && random.chance(0.4))
      drawn.push(...laterPages(packet, random.int(0, index - 1)));
  }
  if (cases.has('returns') && loans.length > 1) drawn.push(...laterPages(packet, 0));
  if (cases.has('addendum')) drawn.push(...addendum(packet, first));
  return drawn;
}

/** The pages of one account, in one go. */
function accountSheets(packet: Packet, loan: Loan, form: Form): Sheet[] {
  const { random, cases, pagesPerAccount } = packet;
  const isUnnamed = cases.has('unnamed first') && random.chance(0.5);
  const count = Math.max(isUnnamed ? 2 : 1, pagesPerAccount ?? random.int(1, random.chance(0.1) ? 30 : 6));
  return Array.from({ length: count }, (_, page) => {
    const numbers = `Page ${page + 1} of ${count}`;
    const isNumbered = form.numbering !== 'none' || isUnnamed;
    const top = isNumbered && form.numbering !== 'bottom' ? [line(numbers, 80)] : [];
    const bottom = isNumbered && form.numbering === 'bottom' ? [gap, line(numbers, 45)] : [];
    const body =
      page === 0 && isUnnamed ? letter(packet, form) : statement(packet, loan, form, isUnnamed ? page - 1 : page);
    return [
      ...form.letterhead,
      ...top,
      ...body,
      ...(page === count - 1 ? [gap, line('Total paid: $1,250.00')] : []),
      ...bottom,
    ];
  });
}

function letter({ random }: Packet, form: Form): Sheet {
  return [line(form.title), gap, line('Dear customer,'), ...prose(random, 6)];
}

/** A page of a statement: the first names the account, the others go on. */
function statement(packet: Packet, loan: Loan, form: Form, page: number): Sheet {
  const { random, cases, loans } = packet;
  const other = loans[random.int(0, loans.length - 1)]?.number ?? loan.number;
  const mentioned = other === loan.number ? '4471-00932-8'.replaceAll('-', '') : other;
  const talk = cases.has('mention') && random.chance(0.5) ? [gap, ...mention(random, form.label, mentioned)] : [];
  const rows = paymentRows(random, random.int(4, 16));
  const facts: Sheet = [
    [
      [4, 'Opening balance: $12,500.00'],
      [50, 'Rate: 6.25'],
    ],
    gap,
  ];
  if (page === 0) {
    return [line(form.title, 4), gap, ...form.heading(loan, loan.number), ...facts, ...columnHeads, ...rows, ...talk];
  }
  const title = cases.has('repeated heading') ? [line(form.title, 4), gap] : [];
  return [...title, ...continuation(packet, loan, form), ...(random.chance(0.6) ? columnHeads : []), ...rows, ...talk];
}

/** How a page that goes on names its account, if at all. */
function continuation({ random, cases }: Packet, loan: Loan, form: Form): Sheet {
  if (cases.has('unnumbered') && random.chance(0.7)) return [];
  if (cases.has('masked') && random.chance(0.6)) return [line(`${form.label}: ${mask(random, loan.number)}`)];
  const number = cases.has('spelling') ? respell(random, loan.number) : loan.number;
  if (random.chance(0.3))
    return [
      [
        [4, loan.borrower.toUpperCase()],
        [60, number],
      ],
    ];
  return form.heading(loan, number);
}

/** Later pages of an account that already ended. */
function laterPages(packet: Packet, index: number): Drawn[] {
  const loan = packet.loans[index];
  if (!loan) return [];
  const form = packet.forms[0];
  const named: Sheet = [line('Escrow analysis'), gap, ...form.heading(loan, loan.number), ...prose(packet.random, 8)];
  const rest: Sheet = prose(packet.random, 6);
  return [named, ...(packet.random.chance(0.5) ? [rest] : [])].map((sheet) => ({
    sheet,
    owners: [index],
    cutRow: null,
  }));
}

function addendum({ random, loans }: Packet, form: Form): Drawn[] {
  const index = random.int(0, Math.max(0, loans.length - 2));
  const number = loans[index]?.number ?? '';
  const named: Sheet = [
    line('ADDENDUM', 45),
    gap,
    line(`This addendum amends the note that was signed for ${form.label} ${number}`),
    line('and becomes a part of it.'),
    ...prose(random, 8),
  ];
  return [{ sheet: named, owners: [index], cutRow: null }];
}

function cover({ random, loans }: Packet, form: Form): Sheet {
  const head: Sheet = [line('LOAN FILE TRANSMITTAL', 35), gap, line(`Enclosed: ${loans.length} accounts`), gap];
  if (loans.length < 2 || random.chance(0.34)) return [...head, ...prose(random, 3)];
  if (random.chance(0.5)) {
    const rows = loans.map(({ number, borrower }): Sheet[number] => [
      [4, number],
      [40, borrower],
    ]);
    return [
      ...head,
      [
        [4, form.label],
        [40, 'Name'],
      ],
      ...rows,
    ];
  }
  return [...head, ...loans.map(({ number, borrower }) => line(`${form.label}: ${number} ${borrower}`))];
}

/** Puts an account's first page below the end of the last page of the account before, when there is room. */
function joinedTo({ random, forms }: Packet, drawn: Drawn[], next: Drawn[]): Drawn[] {
  const last = drawn.at(-1);
  const [first, ...rest] = next;
  const isTied = last?.sheet.some((cells) => cells.some(([, text]) => text.startsWith('Page 2 of')));
  const room = !isTied && last && last.owners.length === 1 && last.sheet.length > 3 && last.cutRow === null;
  const isNamed = !first?.sheet.some((cells) => cells.some(([, text]) => text.startsWith('Dear')));
  if (!first || !room || !isNamed || !random.chance(0.6)) return next;
  const above = last.sheet.slice(0, sharedRows).filter((cells) => !cells.some(([, text]) => text.startsWith('Page ')));
  const heads = new Set(forms.flatMap((form) => form.letterhead.flatMap((cells) => cells.map(([, text]) => text))));
  const below = first.sheet.filter((cells) => !cells.some(([, text]) => text.startsWith('Page ') || heads.has(text)));
  last.sheet = [...above, gap, gap, ...below];
  last.cutRow = above.length + 2;
  last.owners = [...last.owners, ...first.owners];
  return rest;
}
