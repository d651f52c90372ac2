import type { ChainRule, RecordCheck } from './rule.ts';
import type { ObjectField } from '#lib/core/fields/field.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { Decimal } from './decimal.ts';
import { cellOf } from './environment.ts';
import { namesOf } from './parse.ts';

/** Half a cent: balances are printed rounded. */
const tolerance = new Decimal('0.005');
/** More breaks than that say that the list was misread as a whole. */
const maxBreaks = 20;

/**
 * Walks a running balance: each row's balance is the one before plus and minus its amounts. Names row, page and
 * difference of each break, up to so many: the walk goes on from the balance that is printed there. Without an opening balance the walk begins at the first row that has a balance, and after
 * a row whose amounts were all not read, at that row's balance: what is missing is no break. Nothing when nothing could be
 * compared.
 */
export function checkChain(
  { name, chain, severity }: ChainRule,
  fields: ObjectField,
  record: unknown,
  pageOf: (path: Path) => number | null,
): RecordCheck[] {
  const listPath = namesOf(fields, chain.rows) ?? [];
  const rows = listPath.reduce<unknown>(cellOf, record);
  if (!Array.isArray(rows)) return [];
  const breaks: RecordCheck[] = [];
  let balance = decimalOf(namesOf(fields, chain.open)?.reduce<unknown>(cellOf, record));
  // After a break: what it should have been there. A single misprint breaks the walk once, not twice.
  let instead: Decimal | null = null;
  let compared = 0;
  for (const [index, row] of rows.entries()) {
    const printed = decimalOf(cellOf(row, chain.balance));
    const change = changeOf(chain, row);
    if (balance && change) balance = balance.plus(change);
    if (instead && change) instead = instead.plus(change);
    if (!printed) {
      if (!change) balance = instead = null;
      continue;
    }
    const isComparable = balance !== null && (change !== null || printed.eq(balance));
    const difference = isComparable && balance ? printed.minus(balance) : new Decimal(0);
    if (isComparable) compared += 1;
    const isMisprint: boolean = instead !== null && printed.minus(instead).abs().lte(tolerance);
    const should = balance;
    balance = printed;
    instead = null;
    if (isMisprint || difference.abs().lte(tolerance)) continue;
    instead = should;
    const path = [...listPath, index, chain.balance];
    const page = pageOf(path);
    const where = `${page === null ? '' : `page ${page + 1}, `}row ${index + 1}`;
    const expected = printed.minus(difference).toFixed(2);
    const message = `The balance breaks at ${where}: it should be ${expected}, it is ${printed.toFixed(2)} (${signed(difference)})`;
    breaks.push({ rule: name, ok: false, severity, message, paths: [path] });
    if (breaks.length === maxBreaks) break;
  }
  if (breaks.length > 0) return breaks;
  return compared === 0 ? [] : [{ rule: name, ok: true, severity, message: '', paths: [listPath] }];
}

/** What a row adds to the balance; null when none of its amounts was read. */
function changeOf({ add, subtract }: ChainRule['chain'], row: unknown): Decimal | null {
  const amounts = [
    ...add.map((column) => decimalOf(cellOf(row, column))),
    ...subtract.map((column) => decimalOf(cellOf(row, column))?.negated() ?? null),
  ].filter((amount) => amount !== null);
  return amounts.length > 0 ? amounts.reduce((total, amount) => total.plus(amount)) : null;
}

function decimalOf(value: unknown): Decimal | null {
  return value instanceof Decimal ? value : null;
}

function signed(number: Decimal): string {
  return `${number.isNegative() ? '−' : '+'}${number.abs().toFixed(2)}`;
}
