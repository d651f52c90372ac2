import type { Scalar } from '#lib/core/fields/path.ts';
import { agrees } from './agrees.ts';

/** A row of a list, by column; null where nothing is printed. */
export type ExpectedRow = Record<string, Scalar | null>;

/** One cell that is asked for, or that was read though it is not there. */
export interface Cell {
  /** Of all rows, such as `Lines.Amount`. */
  field: string;
  expected: Scalar | null;
  actual: unknown;
  /** Where it was read; null for a row that was not. */
  path: string | null;
}

/** The cells of a list: rows are matched in their order, so that as many cells as possible agree. */
export function cellsOf(name: string, expected: readonly ExpectedRow[], read: unknown): Cell[] {
  const rows = Array.isArray(read) ? read.map(asRow) : [];
  const pairs = new Map(pairRows(expected, rows));
  const asked = expected.flatMap((row, index) => {
    const at = pairs.get(index);
    return Object.entries(row).map(([column, value]): Cell => {
      const path = at === undefined ? null : `${name}[${at}].${column}`;
      return {
        field: `${name}.${column}`,
        expected: value,
        actual: at === undefined ? null : rows[at]?.[column],
        path,
      };
    });
  });
  const used = new Set(pairs.values());
  const columns = Object.keys(expected[0] ?? {});
  const added = rows.flatMap((row, at) =>
    used.has(at)
      ? []
      : columns.map((column): Cell => {
          return { field: `${name}.${column}`, expected: null, actual: row[column], path: `${name}[${at}].${column}` };
        }),
  );
  return [...asked, ...added].filter((cell) => !isEmpty(cell.expected) || !isEmpty(cell.actual));
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function asRow(row: unknown): Record<string, unknown> {
  return typeof row === 'object' && row !== null ? { ...row } : {};
}

/** Pairs of places, in order, that make the most cells agree; a row with no cell in common has none. */
function pairRows(expected: readonly ExpectedRow[], rows: readonly Record<string, unknown>[]): [number, number][] {
  const worth = (wanted: ExpectedRow, row: Record<string, unknown>) =>
    Object.entries(wanted).filter(([column, value]) => value !== null && agrees(value, row[column])).length;
  const width = rows.length + 1;
  const best = new Float64Array((expected.length + 1) * width);
  const at = (i: number, j: number) => best[i * width + j] ?? 0;
  for (let i = expected.length - 1; i >= 0; i--) {
    for (let j = rows.length - 1; j >= 0; j--) {
      const both = at(i + 1, j + 1) + worth(expected[i] ?? {}, rows[j] ?? {});
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), both);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < expected.length && j < rows.length;) {
    const own = worth(expected[i] ?? {}, rows[j] ?? {});
    if (own > 0 && at(i, j) === at(i + 1, j + 1) + own) pairs.push([i++, j++]);
    else if (at(i, j) === at(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}
