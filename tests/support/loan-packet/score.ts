import { pageEvidence } from '#lib/core/splitting/evidence.ts';
import { canonicalOf, confusedKey } from '#lib/core/splitting/identifier.ts';
import { splitPages } from '#lib/core/splitting/split.ts';
import { splitTarget } from '#lib/core/splitting/target.ts';
import type { SplitResult } from '#lib/core/splitting/types.ts';
import type { LoanPacket } from '../loan-packet.ts';

export interface Score {
  pages: number;
  /** Pages that belong to exactly the accounts that they should. */
  rightPages: number;
  /** Places where another account begins. */
  boundaries: number;
  rightBoundaries: number;
  /** Shared pages, and those that are cut between the two accounts. */
  cuts: number;
  rightCuts: number;
  wrong: string[];
}

export function splitPacket({ pages, definition }: LoanPacket): SplitResult {
  const target = splitTarget(definition);
  if (!target) throw new Error('the packet’s schema does not split');
  return splitPages(pages.map((page) => pageEvidence(page, target)));
}

const plain = (number: string | null) => (number ?? '').replace(/[^\p{L}\p{N}]/gu, '').replace(/^0+/, '');

/** The names of the accounts of each page. */
function ownersByPage(
  accounts: readonly { pages: readonly number[] }[],
  names: readonly string[],
  count: number,
): string[] {
  const owners: string[][] = Array.from({ length: count }, () => []);
  for (const [index, account] of accounts.entries()) {
    for (const pageNum of account.pages) owners[pageNum]?.push(names[index] ?? '');
  }
  return owners.map((own) => own.toSorted().join('+'));
}

/** Compares a split with the truth. */
export function score(packet: LoanPacket, result: SplitResult): Score {
  const found = result.accounts.map((account) => ({
    number: account.accountNumber,
    pages: account.pages.map((page) => page.pageNum),
  }));
  const isScan = packet.pages.some((page) => page.source === 'ocr');
  const truthNames = packet.accounts.map(({ number }) => plain(number));
  const foundNames = found.map((account) => (isScan ? meant(packet, account) : plain(account.number)));
  const truth = ownersByPage(packet.accounts, truthNames, packet.pages.length);
  const given = ownersByPage(found, foundNames, packet.pages.length);
  const starts = (owners: readonly string[], page: number) => owners[page] !== owners[page - 1];
  const real = truth.flatMap((_, page) => (page > 0 && starts(truth, page) ? [page] : []));
  const falseOnes = given.filter((_, page) => page > 0 && starts(given, page) && !starts(truth, page)).length;
  const wrong = truth.flatMap((owner, page) =>
    owner === given[page] ? [] : [`page ${page}: ${given[page]} instead of ${owner}`],
  );
  const cut = ({ pageNum, above, below }: LoanPacket['cuts'][number]) =>
    result.accounts.some(({ pages }) =>
      pages.some(
        ({ pageNum: own, region }) =>
          own === pageNum && region && region.from >= above - 0.003 && region.from <= below + 0.003,
      ),
    );
  const wrongCuts = packet.cuts.filter((one) => !cut(one));
  wrong.push(...wrongCuts.map(({ pageNum }) => `page ${pageNum}: cut elsewhere`));
  return {
    pages: truth.length,
    rightPages: truth.filter((owner, page) => owner === given[page]).length,
    boundaries: real.length + falseOnes,
    rightBoundaries: real.filter((page) => truth[page] === given[page]).length,
    cuts: packet.cuts.length,
    rightCuts: packet.cuts.length - wrongCuts.length,
    wrong,
  };
}

/** The true account of that number, signs that OCR confuses taken for equal, else the one that has most of its pages. */
function meant({ accounts }: LoanPacket, found: { number: string | null; pages: readonly number[] }): string {
  const key = (number: string | null) => confusedKey(canonicalOf(number ?? ''));
  const same = accounts.find((account) => key(account.number) === key(found.number));
  const own = new Set(found.pages);
  const shared = accounts.map((account) => account.pages.filter((page) => own.has(page)).length);
  const best = same ?? accounts[shared.indexOf(Math.max(...shared))];
  return plain(best?.number ?? '');
}
