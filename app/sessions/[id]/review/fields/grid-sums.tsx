import { z } from 'zod';
import { pathText } from '#lib/core/fields/path.ts';
import type { Block, Row } from './blocks.ts';
import { valueText } from './value-labels.ts';
import type { Reviewing } from '../state/review.ts';

interface Props {
  block: Extract<Block, { kind: 'rows' }>;
  template: string;
  /** Columns of running balances: to add them up says nothing. */
  balances: ReadonlySet<string>;
}

/** What the numbers of each column come to. */
export function GridSums({ block: { columns, rows }, template, balances }: Props) {
  const sums = columns.map(({ key }) => (balances.has(key) ? null : sumOf(rows, key)));
  if (sums.every((sum) => sum === null)) return null;
  return (
    <div
      role="row"
      className="sticky bottom-0 grid h-8 items-center border-t bg-surface text-xs text-muted"
      style={{ gridTemplateColumns: template }}
    >
      <span role="rowheader" className="pl-3" title="Sum">
        Σ
      </span>
      {columns.map(({ key }, index) => (
        <span key={key} role="gridcell" className="truncate px-2 text-right tabular-nums">
          {sums[index] === null || sums[index] === undefined ? '' : valueText({ value: sums[index], raw: '0.00' })}
        </span>
      ))}
    </div>
  );
}

/** To the cent: sums of a list are shown, rules compare them exactly. */
function sumOf(rows: readonly Row[], key: string): number | null {
  const numbers = rows.flatMap((row) => {
    const value = row.cells.get(key)?.value;
    return typeof value === 'number' ? [value] : [];
  });
  return numbers.length === 0 ? null : Math.round(numbers.reduce((sum, value) => sum + value, 0) * 100) / 100;
}

const chains = z
  .array(z.object({ chain: z.object({ balance: z.string() }) }).catch({ chain: { balance: '' } }))
  .catch([]);

/** Columns that a chain rule of the schema walks as running balances. */
export function balancesOf(definition: Reviewing['definition']): ReadonlySet<string> {
  return new Set(chains.parse(definition.rules).map(({ chain }) => pathText([chain.balance])));
}
