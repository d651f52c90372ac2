import type { PageEvidence } from './types.ts';

const nearlyAll = 0.8;
const minOthers = 2;

/**
 * The pages without a number that nearly all of them carry beside another: a customer's, which tells no account from
 * the next.
 */
export function withoutCommonNumber(pages: readonly PageEvidence[]): PageEvidence[] {
  const byPage = pages.map((page) => {
    const labelled = page.hits.filter((hit) => hit.standing === 'labelled' && !hit.isMasked);
    return new Set(labelled.map((hit) => hit.canonical));
  });
  const naming = byPage.filter((keys) => keys.size > 0);
  const all = new Set(naming.flatMap((keys) => [...keys]));
  const beside = new Map<string, number>();
  for (const keys of naming) {
    if (keys.size === 2) for (const key of keys) beside.set(key, (beside.get(key) ?? 0) + 1);
  }
  const [common] = [...beside].find(([, count]) => count >= naming.length * nearlyAll) ?? [];
  if (common === undefined || all.size - 1 < minOthers) return [...pages];
  return pages.map((page) => ({ ...page, hits: page.hits.filter((hit) => hit.canonical !== common) }));
}
