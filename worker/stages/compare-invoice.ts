import { pageLimitMs } from '../compute/limits.ts';
import { runStep } from '../document/document-work.ts';
import type { PageOutcome } from './extract.ts';
import type { PlannedWork } from './plan.ts';
import { partOfPage } from './preceding-text.ts';
import type { ReadDocument } from './read.ts';

/**
 * What the pages of one account gave, the values of an electronic invoice embedded in the document compared with the
 * pages that people see. Where there are no such pages, or one of them could not be read, nothing can be said.
 */
export async function compareInvoices(
  work: PlannedWork,
  document: ReadDocument,
  outcomes: readonly PageOutcome[],
): Promise<readonly PageOutcome[]> {
  const claims = outcomes.flatMap((outcome) => outcome.claims);
  const pages = outcomes.filter(({ isEmbedded }) => !isEmbedded);
  const isReadable = pages.every(({ failure }) => failure === null) && pages.some(({ isBlank }) => !isBlank);
  if (claims.length === 0 || !isReadable) return outcomes;
  const shown = new Set<string>();
  for (const { pageNum, region } of pages) {
    const open = claims.filter(({ path }) => !shown.has(path));
    if (open.length === 0) break;
    const page = await partOfPage(work, await document.page(pageNum), region);
    const found = await runStep(work, 'findClaims', { page, claims: open }, pageLimitMs);
    for (const path of found) shown.add(path);
  }
  const printed = pages.map(({ leaves }) => leaves);
  return Promise.all(
    outcomes.map(async (outcome) => {
      if (outcome.claims.length === 0) return outcome;
      const input = { leaves: outcome.leaves, claims: outcome.claims, shown: [...shown], printed };
      return { ...outcome, leaves: await runStep(work, 'compareInvoice', input, pageLimitMs) };
    }),
  );
}
