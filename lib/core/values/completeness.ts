import type { Value, RowsSeen } from './value.ts';
import type { Path } from '#lib/core/fields/path.ts';

/** Fewer rows of a list were read on a page than its layout shows. */
export interface Shortfall {
  /** Of the list. */
  path: Path;
  pageNum: number;
  rows: number;
  seen: number;
}

/**
 * Compares the rows that were read on a page with those that its layout shows. A row counts when at least one of its
 * values stands on the page: rows that an engine makes up fill no gap.
 */
export function shortfallsOf(pageNum: number, leaves: readonly Value[], rowsSeen: readonly RowsSeen[]): Shortfall[] {
  return rowsSeen.flatMap(({ path, rows: seen }) => {
    const own = leaves.filter(
      ({ path: at, state }) =>
        state === 'found' && at.length > path.length && path.every((step, index) => at[index] === step),
    );
    const rows = new Set(own.map(({ path: at }) => at[path.length])).size;
    return rows < seen ? [{ path, pageNum, rows, seen }] : [];
  });
}

/** Says so at the first value of the last row that was read on the page, or, when none was, of the row before. */
export function markShortfalls(rows: readonly Value[][], shortfalls: readonly Shortfall[]): Value[][] {
  const marked = rows.map((row) => [...row]);
  for (const { pageNum, rows: read, seen } of shortfalls) {
    const pageOf = (row: readonly Value[]) => row.find(({ evidence }) => evidence)?.evidence?.pageNum ?? null;
    const last = marked.findLastIndex((row) => (pageOf(row) ?? Infinity) <= pageNum);
    const [first, ...others] = marked[Math.max(last, 0)] ?? [];
    if (!first) continue;
    const detail = `${read} ${read === 1 ? 'row' : 'rows'} · ${seen} seen on page ${pageNum + 1}`;
    marked[Math.max(last, 0)] = [
      { ...first, signals: [...first.signals, { name: 'completeness', ok: false, detail }] },
      ...others,
    ];
  }
  return marked;
}

/** What is said of rows that are missing behind this value; null when none are. */
export function shortfallText({ signals }: Pick<Value, 'signals'>): string | null {
  return signals.find(({ name, ok }) => name === 'completeness' && !ok)?.detail ?? null;
}
