import { groundReading } from '#lib/extraction/ground-reading.ts';
import type { PageReading, RowsSeen } from '#lib/extraction/leaf.ts';
import type { Page } from '#lib/extraction/page.ts';
import { pathText } from '#lib/extraction/path.ts';
import { rowsAlike } from '#lib/extraction/rows-alike.ts';
import { withSecondOpinion } from '#lib/extraction/second-opinion.ts';
import type { Work } from '../work.ts';

/** What was read, matched to the page's words, with what the second engine says of it, and how many rows there are. */
export async function judge(work: Work, page: Page, accountNumber: string | null, reading: PageReading) {
  const { definition, secondEngine, signal } = work;
  const leaves = groundReading(definition, page, reading);
  const seen = [...reading.rowsSeen, ...rowsAlike(definition, page, leaves)];
  if (!secondEngine) return { leaves, rowsSeen: mostRows(seen) };
  const alone = { definition, page, accountNumber, previousTail: null };
  const { reading: second } = await secondEngine.read(alone, signal);
  return {
    leaves: withSecondOpinion(leaves, groundReading(definition, page, second)),
    rowsSeen: mostRows([...seen, ...second.rowsSeen]),
  };
}

/** Of several counts of one list the largest: rows are more easily overlooked than made up. */
function mostRows(seen: readonly RowsSeen[]): RowsSeen[] {
  const byList = Map.groupBy(seen, ({ path }) => pathText(path));
  return [...byList.values()].flatMap((counts) => counts.toSorted((a, b) => b.rows - a.rows).slice(0, 1));
}
