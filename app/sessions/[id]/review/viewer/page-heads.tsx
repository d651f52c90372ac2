import type { DocumentSummary, PageState } from '#lib/core/contract/sessions.ts';
import { useMemo } from 'react';
import { Failed } from './failed-document.tsx';
import type { Spot } from './geometry.ts';

/** CSS pixels: what is said above a narrow page may be wider. */
const minWidth = 320;

export interface PageHead {
  page: PageState;
  height: number;
}

/** Room above pages that say something: why they failed, or their title, such as a worksheet's name. */
export function usePageHeads(
  pages: readonly PageState[] | undefined,
  documentId: string,
): { list: PageHead[]; heights: ReadonlyMap<number, number> } {
  return useMemo(() => {
    const list = (pages ?? []).flatMap((page): PageHead[] => {
      if (page.document_id !== documentId) return [];
      if (page.failure) return [{ page, height: 72 }];
      return page.title ? [{ page, height: 28 }] : [];
    });
    return { list, heights: new Map(list.map(({ page, height }) => [page.page_num, height])) };
  }, [pages, documentId]);
}

interface Props {
  heads: readonly PageHead[];
  /** Where the pages in view stand. */
  spots: readonly Spot[];
  document: DocumentSummary;
  onRetry: (() => void) | undefined;
}

export function PageHeads({ heads, spots, document, onRetry }: Props) {
  return heads.map(({ page, height }) => {
    const spot = spots.find((one) => one.pageNum === page.page_num);
    if (!spot) return null;
    const style = { left: spot.left, top: spot.top - height, width: Math.max(spot.width, minWidth), height };
    return (
      <div key={page.page_num} className="absolute" style={style}>
        {page.failure ? (
          <Failed document={document} pageNum={page.page_num} failure={page.failure} onRetry={onRetry} />
        ) : (
          <p className="truncate pt-1 text-sm font-medium text-muted">{page.title}</p>
        )}
      </div>
    );
  });
}
