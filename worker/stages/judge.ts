import { groundReading } from '#lib/extraction/ground-reading.ts';
import type { PageReading } from '#lib/extraction/leaf.ts';
import type { Page } from '#lib/extraction/page.ts';
import { withSecondOpinion } from '#lib/extraction/second-opinion.ts';
import type { Work } from '../work.ts';

/** What was read, matched to the page's words, with what the second engine says of it and of the rows there are. */
export async function judge(work: Work, page: Page, reading: PageReading) {
  const { definition, secondEngine, signal } = work;
  const leaves = groundReading(definition, page, reading);
  if (!secondEngine) return { leaves, rowsSeen: reading.rowsSeen };
  const alone = { definition, page, accountNumber: null, previousTail: null };
  const { reading: second } = await secondEngine.read(alone, signal);
  return {
    leaves: withSecondOpinion(leaves, groundReading(definition, page, second)),
    rowsSeen: [...reading.rowsSeen, ...second.rowsSeen],
  };
}
