import type { Names } from './names.ts';
import type { Hit, LineFact, PageEvidence } from './types.ts';

/** A stretch of a page that tells of one account. */
export interface Section {
  key: string;
  /** Number of its first line. */
  start: number;
  hit: Hit;
  how: 'labelled' | 'masked' | 'alone' | 'attachment';
}

/** Letters of lines that stand above the identifier at the top of pages: titles and letterheads. */
export type Headings = ReadonlyMap<string, ReadonlySet<number>>;

const topLines = 14;
const headingLines = 6;
const linesUp = 9;
const marginLines = 3;
/** An identifier further down heads a section only when something else says so. */
const topShare = 0.4;
const listedGap = 2;

export function findHeadings(pages: readonly PageEvidence[]): Headings {
  const headings = new Map<string, Set<number>>();
  for (const page of pages) {
    for (const hit of page.hits.filter((one) => one.standing === 'labelled')) {
      for (const { letters, labels, isProse } of linesAbove(page, hit)) {
        if (letters.length < 4 || labels > 0 || isProse) continue;
        headings.set(letters, (headings.get(letters) ?? new Set()).add(page.pageNum));
      }
    }
  }
  return headings;
}

/** At the top of a page all lines above an identifier are its heading; further down those of its own block. */
function linesAbove(page: PageEvidence, hit: Hit): LineFact[] {
  const above = page.lines.slice(0, hit.line);
  const isTop = hit.line < topLines && !above.some((line) => line.isRow || line.isProse);
  if (isTop) return above.slice(0, headingLines);
  return above.slice(startOf(page, hit, 0, new Map()).line);
}

/** The accounts that a page names, top to bottom; none when it only mentions them. */
export function findSections(page: PageEvidence, current: string | null, names: Names, headings: Headings): Section[] {
  const keyed = page.hits.flatMap((hit) => {
    const key = names.keyOf(hit, page.pageNum, current);
    return key === null ? [] : [{ key, hit }];
  });
  const labelled = headed(
    page,
    keyed.filter(({ hit }) => hit.standing === 'labelled'),
    names,
    headings,
  );
  if (labelled.length > 0) return labelled;
  return inMargin(page, keyed, current) ?? attached(page, keyed) ?? [];
}

interface Keyed {
  key: string;
  hit: Hit;
}

/** Of the identifiers at labels those that head a section: neither a list of accounts, nor one named in passing. */
function headed(page: PageEvidence, keyed: readonly Keyed[], names: Names, headings: Headings): Section[] {
  const firsts = [...Map.groupBy(keyed, ({ key }) => key).values()].flatMap(([first]) => first ?? []);
  if (isList(page, firsts, names)) return [];
  const sections: Section[] = [];
  for (const [index, { key, hit }] of firsts.entries()) {
    const before = sections.at(-1);
    const end = firsts[index + 1]?.hit.line ?? page.lines.length;
    const start = startOf(page, hit, before ? before.hit.line + 1 : 0, headings);
    const isTop = !before && (hit.line < topLines || (page.lines[hit.line]?.top ?? 0) < topShare);
    if (!isTop && !tellsOfRecord(page, hit, end, before, start.isHeading)) continue;
    sections.push({ key, start: start.line, hit, how: hit.isMasked ? 'masked' : 'labelled' });
  }
  return sections.length > 0 ? sections : inFoot(page, firsts);
}

/** Notes and deeds carry their number in the foot of each page and nowhere else. */
function inFoot(page: PageEvidence, firsts: readonly Keyed[]): Section[] {
  const [foot, ...others] = firsts.filter(({ hit }) => hit.line >= page.lines.length - marginLines);
  return foot && others.length === 0 ? [{ ...foot, start: 0, how: foot.hit.isMasked ? 'masked' : 'labelled' }] : [];
}

/** Several accounts in neighbouring lines are listed, as on a cover sheet. */
function isList(page: PageEvidence, firsts: readonly Keyed[], names: Names): boolean {
  if (firsts.length < 2) return false;
  const close = firsts.slice(1).filter(({ hit }, index) => hit.line - (firsts[index]?.hit.line ?? 0) <= listedGap);
  if (firsts.length > 2) return close.length * 2 >= firsts.length - 1;
  const haveOwnPages = firsts.every(({ key }) => names.pagesOf(key).some((pageNum) => pageNum !== page.pageNum));
  return close.length === 1 && haveOwnPages;
}

/** A heading above, or labels of other fields about it: a record begins here. */
function tellsOfRecord(
  page: PageEvidence,
  hit: Hit,
  end: number,
  before: Section | undefined,
  isHeading: boolean,
): boolean {
  if (before && hit.line - before.hit.line <= listedGap) return false;
  const about = page.lines.slice(hit.line, Math.max(end, hit.line + 1));
  const labels = about.reduce((sum, line) => sum + line.labels, 0);
  return isHeading ? labels >= 1 || about.some((line) => line.isRow) : labels >= 2;
}

/** The first line of an identifier's section: its heading, else what the widest gap above it parts from the rest. */
function startOf(page: PageEvidence, hit: Hit, from: number, headings: Headings): { line: number; isHeading: boolean } {
  const floor = Math.max(from, hit.line - linesUp);
  let heading: number | null = null;
  let widest = { line: hit.line, gap: 0 };
  let mayGoUp = true;
  for (let at = hit.line - 1; at >= floor - 1; at--) {
    const [line, below] = [page.lines[at], page.lines[at + 1]];
    const gap = below ? below.top - (line?.bottom ?? 0) : 0;
    if (mayGoUp && line && gap >= widest.gap) widest = { line: at + 1, gap };
    if (!line || at < floor || line.isRow || line.isProse) break;
    if (line.hasAmount) mayGoUp = false;
    if (isHeading(headings, line.letters, page.pageNum)) heading = at;
  }
  return { line: heading ?? widest.line, isHeading: heading !== null };
}

export function isHeading(headings: Headings, letters: string, pageNum: number): boolean {
  const pages = headings.get(letters);
  return pages !== undefined && (pages.size > 1 || !pages.has(pageNum));
}

/** A known number without a label in the head or foot of a page, as continuation pages carry it. */
function inMargin(page: PageEvidence, keyed: readonly Keyed[], current: string | null): Section[] | null {
  const last = page.lines.length - marginLines;
  const found = keyed.filter(({ hit }) => hit.standing === 'alone' && (hit.line < marginLines * 2 || hit.line >= last));
  const keys = new Set(found.map(({ key }) => key));
  const own = keys.size === 1 ? found[0] : found.find(({ key }) => key === current);
  return own ? [{ ...own, start: 0, how: 'alone' }] : null;
}

/** An addendum names the account that it belongs to in a sentence. */
function attached(page: PageEvidence, keyed: readonly Keyed[]): Section[] | null {
  if (!page.isAttachment) return null;
  const keys = new Set(keyed.map(({ key }) => key));
  const named = keys.size === 1 ? keyed[0] : keyed.find(({ hit }) => !hit.isCrossReference);
  return named ? [{ ...named, start: 0, how: 'attachment' }] : null;
}
