import type { AccountView } from '#lib/core/contract/results.ts';
import type { DocumentSummary, PageState } from '#lib/core/contract/sessions.ts';
import type { PageMove } from '../state/marks.ts';

/** Where the pages of one account end and those of another begin. */
export interface StripBoundary {
  documentId: string;
  /** The first page behind it. */
  pageNum: number;
  /** The accounts before and behind it; null for pages that belong to none. */
  before: number | null;
  behind: number;
  /** The pages that it may be moved to begin with, both included. */
  least: number;
  most: number;
  reasons: { for: string[]; against: string[] };
  /** 0–1; null when nothing says why. */
  certainty: number | null;
}

export type StripRow =
  | { kind: 'document'; key: string; name: string }
  | { kind: 'boundary'; key: string; boundary: StripBoundary }
  | { kind: 'page'; key: string; page: PageState; letters: string };

/** The rows of the strip: pages in order, parted where another account begins and where another document does. */
export function toStripRows(
  documents: readonly Pick<DocumentSummary, 'id' | 'name'>[],
  accounts: readonly Pick<AccountView, 'document_id' | 'account_index' | 'boundaries'>[],
  pages: readonly PageState[],
): StripRow[] {
  const byDocument = Map.groupBy(pages, (page) => page.document_id);
  return documents.flatMap(({ id, name }) => {
    const own = byDocument.get(id) ?? [];
    const head: StripRow[] = documents.length > 1 ? [{ kind: 'document', key: id, name }] : [];
    const isSplit = accounts.filter((account) => account.document_id === id).length > 1;
    const rows = own.flatMap((page, index): StripRow[] => {
      const row: StripRow = {
        kind: 'page',
        key: `${id}/${page.page_num}`,
        page,
        letters: isSplit ? page.accounts.map(letterOf).join('') : '',
      };
      const boundary = boundaryAt(own, index, accounts);
      return boundary ? [{ kind: 'boundary', key: `${row.key}/begin`, boundary }, row] : [row];
    });
    return [...head, ...rows];
  });
}

/** The account that a page begins or continues with; a page of several continues with its last. */
const first = (page: PageState | undefined) => page?.accounts[0] ?? null;
const last = (page: PageState | undefined) => page?.accounts.at(-1) ?? null;

function boundaryAt(
  pages: readonly PageState[],
  index: number,
  accounts: Parameters<typeof toStripRows>[1],
): StripBoundary | null {
  const [before, page] = [pages[index - 1], pages[index]];
  const behind = first(page);
  if (!before || !page || behind === null || last(before) === behind) return null;
  const reason = accounts
    .find((one) => one.document_id === page.document_id && one.account_index === behind)
    ?.boundaries.find((one) => one.page_num === page.page_num);
  return {
    documentId: page.document_id,
    pageNum: page.page_num,
    before: last(before),
    behind,
    least: runStart(pages, index - 1),
    most: last(before) === null ? page.page_num : runEnd(pages, index),
    reasons: reason?.reasons ?? { for: [], against: [] },
    certainty: reason?.certainty ?? null,
  };
}

/** An account keeps at least one page, so that moving a boundary never ends one. Pages of none may all go. */
function runStart(pages: readonly PageState[], index: number): number {
  let at = index;
  while (
    at > 0 &&
    last(pages[at - 1]) === last(pages[index]) &&
    pages[at]?.accounts.length === pages[index]?.accounts.length
  )
    at -= 1;
  return last(pages[index]) === null ? at : at + 1;
}

function runEnd(pages: readonly PageState[], index: number): number {
  let at = index;
  while (at + 1 < pages.length && pages[at + 1]?.accounts.length === 1 && first(pages[at + 1]) === first(pages[index]))
    at += 1;
  return at;
}

/** What it means that a boundary's first page becomes another; null when it stays. */
export function moveOf({ documentId, pageNum, before, behind }: StripBoundary, to: number): PageMove | null {
  const [from, end] = to < pageNum ? [to, pageNum] : [pageNum, to];
  const pages = Array.from({ length: end - from }, (_, index) => from + index);
  const accountIndex = to < pageNum ? behind : before;
  return pages.length === 0 || accountIndex === null ? null : { documentId, pages, accountIndex };
}

/** A, B … Z, AA, AB … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}
