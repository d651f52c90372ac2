import { isFromInvoice } from './electronic-invoice.ts';
import type { Value } from './value.ts';
import { canonicalOf, confusedKey } from '../splitting/identifier.ts';

/**
 * The leaves of an account's pages without the numbers of other accounts that its pages mention: by splitting it is known
 * whose the pages are. `by` names the field that holds the number. Where no page says that number, all is kept, so that
 * the contradiction shows; so is what an electronic invoice says. Of several spellings of one number the one by which the account is known is kept.
 */
export function withOwnNumber(
  pages: readonly (readonly Value[])[],
  by: string | null,
  accountNumber: string | null,
): readonly (readonly Value[])[] {
  if (by === null || accountNumber === null) return pages;
  const isNumber = (leaf: Value) => leaf.path.length === 1 && leaf.path[0] === by;
  const numbers = pages.flat().filter((leaf) => isNumber(leaf) && leaf.state === 'found');
  const own = numbers.filter((leaf) => isSame(String(leaf.value), accountNumber));
  const spelling = own.find((leaf) => leaf.value === accountNumber) ?? own[0];
  if (!spelling) return pages;
  const isKept = (leaf: Value) => !isNumber(leaf) || leaf.value === spelling.value || isFromInvoice(leaf);
  return pages.map((page) => page.filter(isKept));
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [canonicalOf(one), canonicalOf(other)];
  return a === b || confusedKey(a) === confusedKey(b);
}
