import { type Shortfall, shortfallsOf } from '#lib/core/values/completeness.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { claimsOf, type InvoiceClaim } from '#lib/core/values/invoice-claims.ts';
import { fromInvoice, isWithin, readTerms, showsInvoice, termPaths } from '#lib/core/values/electronic-invoice.ts';
import { listAt } from '#lib/core/values/list-rows.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import type { Value, PageReading, RowsSeen } from '#lib/core/values/value.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import type { Recalled } from '#lib/core/layouts/recalled.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { type Path, pathText, rowIndexAt } from '#lib/core/fields/path.ts';
import { rowsAlike } from '#lib/core/values/count-rows.ts';
import { withPlaceDoubts } from '#lib/core/values/place-doubts.ts';
import { withSecondOpinion } from '#lib/core/values/second-opinion.ts';
import { pack, type Packed, unpack } from './packed.ts';
import { readPage } from '../engines/builtin/engine.ts';

interface PageToJudge {
  definition: Definition;
  page: Page;
  accountNumber: string | null;
  /** What an engine read on it. */
  reading: PageReading;
  /** Whether the built-in engine reads it too, to be compared. */
  hasSecondOpinion: boolean;
  /** What verified documents say of a page of this layout. */
  recalled?: Recalled | null;
}

export interface JudgedPage {
  leaves: Packed<Value[]>;
  /** The same as a plain record. */
  record: Record<string, unknown>;
  shortfalls: Shortfall[];
  /** What an electronic invoice says that the document's own pages should show. */
  claims: InvoiceClaim[];
}

/** What was read, matched to the page's words, with what the second engine says of it, and the lists that lack rows. */
export function judgePage(task: PageToJudge): JudgedPage {
  const { definition, page } = task;
  if (!showsInvoice(page)) return judgeReading(task);
  const terms = readTerms(definition.fields, page);
  const found = groundReading(definition, page, { leaves: terms, rowsSeen: [] });
  const leaves = found.map((leaf) => fromInvoice(leaf, terms[0]?.of));
  const rest = judgeReading({ ...task, reading: withoutTerms(task) });
  // Where no other pages are there is nothing to compare with.
  const claims = page.isEmbedded ? claimsOf(terms, leaves) : [];
  const all = [...leaves, ...unpack(rest.leaves)];
  const shortfalls = rest.shortfalls.filter((one) => isBesideTerms(task, one));
  return { leaves: pack(all), record: toRecord(all), shortfalls, claims };
}

/** What an engine read beside business terms. */
function withoutTerms(task: PageToJudge): PageReading {
  const { leaves, rowsSeen } = task.reading;
  return { leaves: leaves.filter((leaf) => isBesideTerms(task, leaf)), rowsSeen };
}

/** Whether no term is at this path. Rows on an embedded page would be those of the document's own pages once more. */
function isBesideTerms({ definition: { fields }, page }: PageToJudge, { path }: { path: Path }): boolean {
  const isRow = listAt(fields, pathText(path)) !== null || rowIndexAt(path) >= 0;
  return !isWithin({ path }, termPaths(fields)) && !(page.isEmbedded && isRow);
}

function judgeReading(task: PageToJudge): JudgedPage {
  const { definition, page, accountNumber, reading, hasSecondOpinion, recalled = null } = task;
  const grounded = groundReading(definition, page, reading, recalled);
  const seen = [...reading.rowsSeen, ...rowsAlike(definition, page, grounded)];
  if (!hasSecondOpinion) return judged(page, grounded, seen);
  const second = readPage({ definition, page, accountNumber, recalled });
  const compared = withSecondOpinion(grounded, groundReading(definition, page, second));
  const leaves = withPlaceDoubts(definition, page, compared);
  return judged(page, leaves, [...seen, ...second.rowsSeen]);
}

function judged({ pageNum }: Page, leaves: Value[], seen: readonly RowsSeen[]): JudgedPage {
  const shortfalls = shortfallsOf(pageNum, leaves, maxRows(seen));
  return { leaves: pack(leaves), record: toRecord(leaves), shortfalls, claims: [] };
}

/** Of several counts of one list the largest: rows are more easily overlooked than made up. */
function maxRows(seen: readonly RowsSeen[]): RowsSeen[] {
  const byList = Map.groupBy(seen, ({ path }) => pathText(path));
  return [...byList.values()].flatMap((counts) => counts.toSorted((a, b) => b.rows - a.rows).slice(0, 1));
}
