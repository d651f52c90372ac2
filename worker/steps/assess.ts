import { type Shortfall, shortfallsOf } from '#lib/core/values/completeness.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import type { Value, PageReading, RowsSeen } from '#lib/core/values/value.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { rowsAlike } from '#lib/core/values/count-rows.ts';
import { withSecondOpinion } from '#lib/core/values/second-opinion.ts';
import { pack, type Packed } from './packed.ts';
import { readPage } from '../engines/builtin/engine.ts';

interface PageToJudge {
  definition: Definition;
  page: Page;
  accountNumber: string | null;
  /** What an engine read on it. */
  reading: PageReading;
  /** Whether the built-in engine reads it too, to be compared. */
  hasSecondOpinion: boolean;
}

export interface JudgedPage {
  leaves: Packed<Value[]>;
  /** The same as a plain record. */
  record: Record<string, unknown>;
  shortfalls: Shortfall[];
}

/** What was read, matched to the page's words, with what the second engine says of it, and the lists that lack rows. */
export function judgePage({ definition, page, accountNumber, reading, hasSecondOpinion }: PageToJudge): JudgedPage {
  const grounded = groundReading(definition, page, reading);
  const seen = [...reading.rowsSeen, ...rowsAlike(definition, page, grounded)];
  if (!hasSecondOpinion) return judged(page, grounded, seen);
  const second = readPage({ definition, page, accountNumber });
  const leaves = withSecondOpinion(grounded, groundReading(definition, page, second));
  return judged(page, leaves, [...seen, ...second.rowsSeen]);
}

function judged({ pageNum }: Page, leaves: Value[], seen: readonly RowsSeen[]): JudgedPage {
  const shortfalls = shortfallsOf(pageNum, leaves, maxRows(seen));
  return { leaves: pack(leaves), record: toRecord(leaves), shortfalls };
}

/** Of several counts of one list the largest: rows are more easily overlooked than made up. */
function maxRows(seen: readonly RowsSeen[]): RowsSeen[] {
  const byList = Map.groupBy(seen, ({ path }) => pathText(path));
  return [...byList.values()].flatMap((counts) => counts.toSorted((a, b) => b.rows - a.rows).slice(0, 1));
}
