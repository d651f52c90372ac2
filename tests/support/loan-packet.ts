import { type Definition, parseDefinition } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { text } from '#lib/schemas/ready-made/parts.ts';
import { loanAccounts } from '#lib/schemas/ready-made/loan-accounts.ts';
import { type Drawn, drawPacket } from './loan-packet/draw.ts';
import { type Loan } from './loan-packet/forms.ts';
import { makeNumbering } from './loan-packet/numbers.ts';
import { seeded } from './loan-packet/random.ts';
import { placeOf, printPage, scanPage, type Sheet } from './loan-packet/sheet.ts';
import { type LoanValues, valuesOf } from './loan-packet/values.ts';

export const hardCases = [
  'returns',
  'mention',
  'unnumbered',
  'repeated heading',
  'shared page',
  'masked',
  'spelling',
  'cover',
  'addendum',
  'blank',
  'single',
  'unnamed first',
] as const;
export type HardCase = (typeof hardCases)[number];

/** A made packet of loan statements, and what is true of it. */
export interface LoanPacket {
  sheets: Sheet[];
  pages: Page[];
  definition: Definition;
  cases: ReadonlySet<HardCase>;
  accounts: { number: string; pages: number[]; values: LoanValues | undefined }[];
  contextPages: number[];
  /** Between which heights a shared page must be cut. */
  cuts: { pageNum: number; above: number; below: number }[];
}

export interface PacketOptions {
  scanned?: boolean;
  /** Exactly these, instead of some by chance. */
  cases?: readonly HardCase[];
  accounts?: number;
  pagesPerAccount?: number;
}

const caseShare = 0.3;
const singleShare = 0.18;

/** Makes a packet: the same for the same seed and options. Scanned or not, it is the same paper. */
export function makePacket(seed: number, options: PacketOptions = {}): LoanPacket {
  const random = seeded(seed);
  const byChance = hardCases.filter((name) => random.chance(name === 'single' ? singleShare : caseShare));
  const cases = new Set(options.cases ?? byChance);
  const many = random.int(2, random.chance(0.3) ? 40 : 12);
  const count = cases.has('single') ? 1 : (options.accounts ?? many);
  const numbering = makeNumbering(random);
  const loans = Array.from({ length: count }, (_, index): Loan => ({
    number: numbering.make(index),
    borrower: `${random.pick(['Maria', 'John', 'Wei', 'Aisha'])} ${random.pick(['Alvarez', 'Smith', 'Chen', 'Okafor'])}`,
  }));
  const drawn = drawPacket({ random, cases, loans, pagesPerAccount: options.pagesPerAccount ?? null });
  const noise = seeded(seed + 7_000_000);
  const printed = drawn.map(({ sheet }, pageNum) => printPage(pageNum, sheet));
  return {
    sheets: drawn.map(({ sheet }) => sheet),
    pages: options.scanned ? printed.map((page) => scanPage(page, noise)) : printed,
    definition: definitionWith(numbering.pattern),
    cases,
    ...truthOf(drawn, loans),
  };
}

function definitionWith(pattern: string | null): Definition {
  const given = parseDefinition(loanAccounts).jsonSchema;
  const number = text(
    ['Account No', 'Acct no', 'Account #', 'Loan number', 'Loan no', 'Loan #'],
    pattern ? { pattern } : {},
  );
  const others = typeof given.properties === 'object' ? given.properties : {};
  const fields = { ...given, properties: { ...others, Account_Number: number } };
  return parseDefinition({ ...loanAccounts, fields });
}

function truthOf(
  drawn: readonly Drawn[],
  loans: readonly Loan[],
): Pick<LoanPacket, 'accounts' | 'contextPages' | 'cuts'> {
  const all = drawn.map((_, pageNum) => pageNum);
  const owned = new Set(drawn.flatMap(({ owners }) => owners));
  const values = valuesOf(drawn, loans);
  const accounts = [...owned].map((owner) => ({
    number: loans[owner]?.number ?? '',
    values: values.get(owner),
    pages: owned.size === 1 ? all : all.filter((pageNum) => drawn[pageNum]?.owners.includes(owner)),
  }));
  return {
    accounts,
    contextPages: owned.size === 1 ? [] : all.filter((pageNum) => drawn[pageNum]?.owners.length === 0),
    cuts: drawn.flatMap(({ cutRow, sheet }, pageNum) => {
      if (cutRow === null) return [];
      const last = sheet.slice(0, cutRow).findLastIndex((cells) => cells.length > 0);
      return [{ pageNum, above: placeOf(last).bottom, below: placeOf(cutRow).top }];
    }),
  };
}
