import { boundaryOf } from './boundary.ts';
import { withoutCommonNumber } from './common-number.ts';
import { goesOn, type Names, nameAccounts } from './names.ts';
import { findHeadings, findSections, type Headings, isHeading, type Section } from './sections.ts';
import type { AccountPart, Boundary, PageEvidence, PageOfPart, Region, SplitResult } from './types.ts';

/** What one page gives to one account. */
interface Stretch {
  key: string;
  pageNum: number;
  region: Region | null;
  /** What says so; null for a page that only continues. */
  section: Section | null;
}

/**
 * Decides which pages belong to which account, from the evidence of all pages in order. Deterministic, and linear in
 * pages. One account value is one account, wherever its pages are; a page without an identifier belongs to the account
 * before it, unless "page 1 of 3" ties it to the pages behind it; pages before the first have no account. A document that
 * names one account, or none, is that account's from its first page to its last.
 */
export function splitPages(evidence: readonly PageEvidence[]): SplitResult {
  const pages = withoutCommonNumber(evidence);
  const names = nameAccounts(pages);
  const stretches = assign(pages, names);
  const keys = [...new Set(stretches.map((stretch) => stretch.key))];
  if (keys.length < 2)
    return wholeDocument(
      pages.map((page) => page.pageNum),
      keys[0] ? names.printed(keys[0]) : mentionedNumber(pages),
    );
  const byKey = Map.groupBy(stretches, (stretch) => stretch.key);
  const accounts = keys.map((key): AccountPart => ({
    accountNumber: names.printed(key),
    pages: pagesOf(byKey.get(key) ?? []),
  }));
  const taken = new Set(stretches.map((stretch) => stretch.pageNum));
  return {
    accounts,
    contextPages: pages.flatMap((page) => (taken.has(page.pageNum) ? [] : [page.pageNum])),
    boundaries: boundariesOf(pages, stretches, keys, names),
    notice: null,
  };
}

/** One account that has every page. */
export function wholeDocument(pageNums: readonly number[], accountNumber: string | null): SplitResult {
  const pages = pageNums.map((pageNum) => ({ pageNum, region: null }));
  return { accounts: [{ accountNumber, pages }], contextPages: [], boundaries: [], notice: null };
}

/** The only number that a document speaks of, when none stands at a label by itself. */
function mentionedNumber(pages: readonly PageEvidence[]): string | null {
  const mentions = pages.flatMap((page) =>
    page.hits.filter((hit) => hit.standing === 'mentioned' && hit.isLabelled && !hit.isCrossReference),
  );
  const [only, ...others] = new Map(mentions.map((hit) => [hit.canonical, hit.raw])).values();
  return others.length === 0 ? (only ?? null) : null;
}

function assign(pages: readonly PageEvidence[], names: Names): Stretch[] {
  const headings = findHeadings(pages);
  const stretches: Stretch[] = [];
  let current: string | null = null;
  /** Pages since "page 1 of 3" that name no account. */
  let unnamed: PageEvidence[] = [];
  for (const page of pages) {
    const sections = findSections(page, current, names, headings);
    const [first] = sections;
    if (unnamed.length > 0 && !goesOn(unnamed.at(-1), page)) {
      stretches.push(...wholePages(unnamed, current));
      unnamed = [];
    }
    if (!first) {
      if (unnamed.length > 0 || (page.numbering?.page === 1 && page.numbering.of > 1)) unnamed.push(page);
      else stretches.push(...wholePages([page], current));
      continue;
    }
    stretches.push(...wholePages(unnamed, first.key));
    unnamed = [];
    stretches.push(...sharePage(page, sections, current, headings));
    current = sections.at(-1)?.key ?? current;
  }
  return [...stretches, ...wholePages(unnamed, current)];
}

function wholePages(pages: readonly PageEvidence[], key: string | null): Stretch[] {
  return key === null ? [] : pages.map(({ pageNum }) => ({ key, pageNum, region: null, section: null }));
}

/** Parts a page among the account that ends on it and those that begin. */
function sharePage(
  page: PageEvidence,
  sections: readonly Section[],
  current: string | null,
  headings: Headings,
): Stretch[] {
  const { pageNum } = page;
  const [first] = sections;
  const hasTail = first && current !== null && first.key !== current && endsAbove(page, first, headings);
  const starts = sections.map((section, index) => (index === 0 && !hasTail ? 0 : cutAbove(page, section.start)));
  const shared = sections.map((section, index): Stretch => {
    const region = { from: starts[index] ?? 0, to: starts[index + 1] ?? 1 };
    return { key: section.key, pageNum, region: region.from === 0 && region.to === 1 ? null : region, section };
  });
  if (!hasTail) return shared;
  return [{ key: current, pageNum, region: { from: 0, to: starts[0] ?? 1 }, section: null }, ...shared];
}

/**
 * Whether the account before continues above a page's first section: rows or sentences stand there, and the heading of the
 * new one below them. Without a known heading only rows with amounts say so: letters begin with sentences.
 */
function endsAbove(page: PageEvidence, first: Section, headings: Headings): boolean {
  const above = page.lines.slice(0, first.start);
  if (first.how !== 'labelled') return false;
  const heads = (letters: string) => isHeading(headings, letters, page.pageNum);
  if (heads(page.lines[first.start]?.letters ?? ''))
    return above.some((line) => line.isRow || line.isProse || line.hasAmount);
  const amounts = above.filter((line) => line.hasAmount).length;
  return amounts >= 2 && above.some((line) => line.isRow) && !above.some((line) => heads(line.letters));
}

/** Half-way between a line and the one above it. */
function cutAbove(page: PageEvidence, line: number): number {
  const [above, below] = [page.lines[line - 1], page.lines[line]];
  return below && above ? (Math.min(above.bottom, below.top) + below.top) / 2 : 0;
}

/** An account that a page names twice has all of the page between. */
function pagesOf(stretches: readonly Stretch[]): PageOfPart[] {
  return [...Map.groupBy(stretches, ({ pageNum }) => pageNum)]
    .map(([pageNum, own]) => {
      const from = Math.min(...own.map(({ region }) => region?.from ?? 0));
      const to = Math.max(...own.map(({ region }) => region?.to ?? 1));
      return { pageNum, region: from === 0 && to === 1 ? null : { from, to } };
    })
    .toSorted((a, b) => a.pageNum - b.pageNum);
}

function boundariesOf(
  pages: readonly PageEvidence[],
  stretches: readonly Stretch[],
  keys: readonly string[],
  names: Names,
): Boundary[] {
  const byNumber = new Map(pages.map((page) => [page.pageNum, page]));
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  return stretches.flatMap((stretch, index) => {
    const page = byNumber.get(stretch.pageNum);
    if (!page || stretch.key === stretches[index - 1]?.key) return [];
    const before = byNumber.get(stretch.pageNum - 1);
    const accountIndex = indexOf.get(stretch.key) ?? 0;
    const number = names.printed(stretch.key);
    const isAlone = names.pagesOf(stretch.key).length < 2;
    return [{ accountIndex, ...boundaryOf({ page, before, section: stretch.section, number, isAlone }) }];
  });
}
