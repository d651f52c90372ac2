import type { Boundary, PageEvidence, SplitResult } from './types.ts';

/** As much of a page's evidence as counting needs. */
export type NumberedPage = Pick<PageEvidence, 'pageNum' | 'hits'>;

const sure = 0.95;
const doubtWeight = 0.4;

/**
 * Parts a document into accounts of a fixed number of pages (`split.pages`), whatever stands on them. The field that
 * `split.by` names gives each part its number; parts that name the same one stay apart. What looks wrong, a part that is
 * too short or names several accounts, makes its boundary uncertain.
 */
export function splitByCount(pages: readonly NumberedPage[], size: number): SplitResult {
  const starts = pages.flatMap((_, index) => (index % size === 0 ? [index] : []));
  const parts = starts.map((start) => pages.slice(start, start + size));
  const named = parts.map(numbersOf);
  return {
    accounts: parts.map((part, index) => ({
      accountNumber: named[index]?.[0]?.raw ?? null,
      pages: part.map(({ pageNum }) => ({ pageNum, region: null })),
    })),
    contextPages: [],
    boundaries: parts.flatMap((part, index): Boundary[] => {
      const [first] = part;
      if (!first || index === 0) return [];
      const own = named[index] ?? [];
      const before = named[index - 1] ?? [];
      const doubts: string[] = [];
      if (part.length < size) doubts.push(`only ${part.length} of ${size} pages are left for it`);
      if (own.length > 1) doubts.push(`its pages name ${own.length} accounts`);
      if (own[0] && own[0].canonical === before.at(-1)?.canonical)
        doubts.push(`account ${own[0].raw} is in the previous part, too`);
      const certainty = Math.round(Math.max(0.05, sure - doubtWeight * doubts.length) * 100) / 100;
      const reasons = { for: [`every account has ${size} ${size === 1 ? 'page' : 'pages'}`], against: doubts };
      return [{ pageNum: first.pageNum, accountIndex: index, reasons, certainty }];
    }),
    notice: null,
  };
}

/** The numbers that stand at their label in a part, each once, in the order of the pages. */
function numbersOf(part: readonly NumberedPage[]): { raw: string; canonical: string }[] {
  const hits = part.flatMap((page) => page.hits.filter(({ standing }) => standing === 'labelled'));
  const firsts = new Map(hits.toReversed().map((hit) => [hit.canonical, hit.raw]));
  return [...firsts].map(([canonical, raw]) => ({ canonical, raw })).toReversed();
}
