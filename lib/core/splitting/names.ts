import { canonicalOf, confusedKey } from './identifier.ts';
import type { Hit, PageEvidence } from './types.ts';

/** Which account an identifier means. Keys are canonical identifiers; `*1234` of a masked one that no full one explains. */
export interface Names {
  /** null for a number that no label ever introduces. `current`: the account that the page before belongs to. */
  keyOf(hit: Hit, pageNum: number, current: string | null): string | null;
  /** Pages on which the identifier stands at a label, ascending. */
  pagesOf(key: string): readonly number[];
  /** As printed most often. */
  printed(key: string): string;
}

interface Group {
  pages: number[];
  printed: Map<string, number>;
}

/** Reads all pages' identifiers together: what is misread or masked on one page stands in full on another. */
export function nameAccounts(pages: readonly PageEvidence[]): Names {
  const full = pages.flatMap((page) =>
    page.hits.flatMap((hit) => (hit.standing === 'labelled' && !hit.isMasked ? [{ hit, page }] : [])),
  );
  const clean = Map.groupBy(new Set(full.flatMap(({ hit, page }) => (page.isOcr ? [] : [hit.canonical]))), confusedKey);
  // Only a page read by OCR may take one sign for another: two numbers of text pages that differ are two.
  const exactOf = (canonical: string): string => {
    const spellings = clean.get(confusedKey(canonical));
    if (!spellings) return confusedKey(canonical);
    return spellings.includes(canonical) ? canonical : (spellings[0] ?? canonical);
  };
  const groups = new Map<string, Group>();
  for (const { hit, page } of full) {
    const key = exactOf(hit.canonical);
    const group: Group = groups.get(key) ?? { pages: [], printed: new Map() };
    groups.set(key, group);
    if (group.pages.at(-1) !== page.pageNum) group.pages.push(page.pageNum);
    const weight = page.isOcr ? 1 + digitShare(hit.raw) + (hit.confidence ?? 0) : 100;
    group.printed.set(hit.raw, (group.printed.get(hit.raw) ?? 0) + weight);
  }
  const misread = misreadKeys(pages, groups, exactOf);
  const keyOf: Names['keyOf'] = (hit, pageNum, current) => {
    if (hit.isMasked) return resolveMasked(hit, pageNum, current, groups);
    const key = exactOf(hit.canonical);
    return groups.has(key) ? (misread.get(key) ?? key) : null;
  };
  return {
    keyOf,
    pagesOf: (key) => groups.get(key)?.pages ?? [],
    printed: (key) => mostPrinted(groups.get(key)?.printed) ?? key.replace(/^\*/, '****'),
  };
}

function mostPrinted(printed: ReadonlyMap<string, number> | undefined): string | null {
  const [first] = [...(printed ?? [])].toSorted(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}

/** Of two spellings by OCR the one with more digits is likelier right. */
function digitShare(raw: string): number {
  const canonical = canonicalOf(raw);
  return canonical.replace(/\D/g, '').length / Math.max(1, canonical.length);
}

/** The account whose number ends so: the current one, the only one, or the next to come. */
function resolveMasked(
  hit: Hit,
  pageNum: number,
  current: string | null,
  groups: ReadonlyMap<string, Group>,
): string | null {
  const ends = [...groups].filter(([key]) => key.endsWith(hit.canonical));
  if (current !== null && (ends.some(([key]) => key === current) || current === `*${hit.canonical}`)) return current;
  const coming = ends.find(([, group]) => (group.pages[0] ?? -1) > pageNum);
  const only = ends.length === 1 ? ends[0] : coming;
  if (only) return only[0];
  return hit.standing === 'labelled' ? `*${hit.canonical}` : null;
}

/**
 * Numbers that OCR read on one page only, one sign away from that of the page before or behind whose "page x of y" goes
 * on: the same number, misread.
 */
function misreadKeys(
  pages: readonly PageEvidence[],
  groups: ReadonlyMap<string, Group>,
  exactOf: (canonical: string) => string,
): Map<string, string> {
  const misread = new Map<string, string>();
  const firstKey = (page: PageEvidence | undefined) => {
    const hit = page?.hits.find((one) => one.standing === 'labelled' && !one.isMasked);
    return hit ? exactOf(hit.canonical) : null;
  };
  for (const [index, page] of pages.entries()) {
    const key = page.isOcr ? firstKey(page) : null;
    if (key === null || groups.get(key)?.pages.length !== 1) continue;
    const neighbours = [pages[index - 1], pages[index + 1]].filter((other, side) =>
      side === 0 ? goesOn(other, page) : goesOn(page, other),
    );
    const meant = neighbours.map(firstKey).find((other) => other !== null && other !== key && isOneOff(key, other));
    if (meant && misread.get(meant) === undefined) misread.set(key, meant);
  }
  return misread;
}

/** Whether a page is numbered right behind another of the same document. */
export function goesOn(before: PageEvidence | undefined, page: PageEvidence | undefined): boolean {
  const [one, other] = [before?.numbering, page?.numbering];
  return Boolean(one && other && other.page === one.page + 1 && other.of === one.of);
}

/** One sign replaced, left out or put in. */
function isOneOff(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  return short.slice(same + (short.length === long.length ? 1 : 0)) === long.slice(same + 1);
}
