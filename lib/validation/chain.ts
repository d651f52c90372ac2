import { Decimal } from 'decimal.js';
import type { ChainRule } from '#lib/extraction/definition.ts';
import type { Path } from '#lib/extraction/leaf.ts';
import type { RecordCheck } from './check.ts';

/** Half a cent: balances are printed rounded. */
const tolerance = new Decimal('0.005');

/**
 * Walks a running balance: each row's balance is the one before plus and minus its amounts. Names row, page and
 * difference of the first break. null when the opening balance or the rows are missing, or no row has a balance.
 */
export function checkChain(
  { name, chain, severity }: ChainRule,
  record: Record<string, unknown>,
  pageOf: (path: Path) => number | null,
): RecordCheck | null {
  const open = record[chain.open];
  const rows = record[chain.rows];
  if (!(open instanceof Decimal) || !Array.isArray(rows) || rows.length === 0) return null;
  let balance = open;
  let compared = 0;
  for (const [index, row] of rows.entries()) {
    const amount = (column: string) => {
      const value: unknown = row?.[column];
      return value instanceof Decimal ? value : new Decimal(0);
    };
    for (const column of chain.add) balance = balance.plus(amount(column));
    for (const column of chain.subtract) balance = balance.minus(amount(column));
    const printed: unknown = row?.[chain.balance];
    if (!(printed instanceof Decimal)) continue;
    compared += 1;
    const difference = printed.minus(balance);
    if (difference.abs().lte(tolerance)) continue;
    const path = [chain.rows, index, chain.balance];
    const page = pageOf(path);
    const where = `${page === null ? '' : `page ${page + 1}, `}row ${index + 1}`;
    const message = `The balance breaks at ${where}: it should be ${balance.toFixed(2)}, it is ${printed.toFixed(2)} (${signed(difference)})`;
    return { rule: name, ok: false, severity, message, paths: [path] };
  }
  if (compared === 0) return null;
  return { rule: name, ok: true, severity, message: '', paths: [[chain.rows]] };
}

function signed(number: Decimal): string {
  return `${number.isNegative() ? '−' : '+'}${number.abs().toFixed(2)}`;
}
