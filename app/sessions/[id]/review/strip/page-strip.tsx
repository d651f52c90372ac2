'use client';

import type { AccountView } from '#lib/core/contract/results.ts';
import type { DocumentSummary, PageState } from '#lib/core/contract/sessions.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import type { PageMove } from '../state/marks.ts';
import { clamp } from '../viewer/geometry.ts';
import { BoundaryHandle } from './boundary-handle.tsx';
import { pageLook } from './page-status.ts';
import { letterOf, moveOf, type StripBoundary, type StripRow, toStripRows } from './strip-rows.ts';
import { Thumbnail } from './thumbnail.tsx';

export interface PageStripProps {
  documents: readonly DocumentSummary[];
  accounts: readonly AccountView[];
  pages: readonly PageState[];
  current: { documentId: string; pageNum: number };
  onPage: (documentId: string, pageNum: number) => void;
  /** A person gave pages to another account, and said yes to what it costs. */
  onMove: (move: PageMove) => void;
  /** Says what it costs to read so many pages again: `2 pages are read again, about $0.004`. */
  cost: (pages: number) => string;
  /** Boundaries can be moved; not while the session is processing, or once it is verified. */
  canMove?: boolean;
}

const rowHeights = { document: 28, boundary: 20, page: 88 } as const;

/** All pages of a session, small, grouped by account. */
export function PageStrip(props: PageStripProps) {
  const { documents, accounts, pages, current, onPage, onMove, cost, canMove = true } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => toStripRows(documents, accounts, pages), [documents, accounts, pages]);
  const documentOf = useMemo(() => new Map(documents.map((document) => [document.id, document])), [documents]);
  const [moving, setMoving] = useState<{ key: string; to: number; isAsking: boolean } | null>(null);
  // oxlint-disable-next-line react/incompatible-library -- what it returns is used here alone
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeights[rows[index]?.kind ?? 'page'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
  });

  const indexOf = (documentId: string, pageNum: number) =>
    rows.findIndex((row) => row.kind === 'page' && isPage(row.page, documentId, pageNum));
  const showCurrent = useEffectEvent((documentId: string, pageNum: number) => {
    const index = indexOf(documentId, pageNum);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  });
  useEffect(() => showCurrent(current.documentId, current.pageNum), [current.documentId, current.pageNum, rows.length]);

  const nameOf = (documentId: string, index: number) =>
    accounts.find((account) => account.document_id === documentId && account.account_index === index)?.account_number ??
    `account ${index + 1}`;

  const setTo = (key: string, { least, most }: StripBoundary, to: number) =>
    setMoving({ key, to: clamp(to, least, most), isAsking: false });

  /** The boundary follows the pointer to the nearest gap between two pages of its document. */
  const drag = (key: string, boundary: StripBoundary, event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    let to = boundary.pageNum;
    const follow = (move: globalThis.PointerEvent) => {
      const top = scroller.current?.getBoundingClientRect().top ?? 0;
      const y = move.clientY - top + (scroller.current?.scrollTop ?? 0);
      to = clamp(nearestPage(rows, boundary.documentId, y), boundary.least, boundary.most);
      setMoving({ key, to, isAsking: false });
    };
    const end = () => {
      handle.removeEventListener('pointermove', follow);
      setMoving(to === boundary.pageNum ? null : { key, to, isAsking: true });
    };
    handle.addEventListener('pointermove', follow);
    handle.addEventListener('lostpointercapture', end, { once: true });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, documentId: string, pageNum: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const own = rows.flatMap((row) => (row.kind === 'page' ? [row.page] : []));
    const next = own[own.findIndex((page) => isPage(page, documentId, pageNum)) + step];
    event.preventDefault();
    event.stopPropagation();
    if (!next) return;
    onPage(next.document_id, next.page_num);
    virtual.scrollToIndex(indexOf(next.document_id, next.page_num), { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-thumbnail="${next.document_id}/${next.page_num}"]`)
        ?.focus({ preventScroll: true }),
    );
  };

  const moved = movedPages(rows, moving);
  return (
    <nav
      ref={scroller}
      aria-label="Pages and accounts"
      className="relative w-18 shrink-0 overflow-x-hidden overflow-y-auto border-r bg-surface [scrollbar-width:thin]"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={row.key}
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row.kind === 'document' ? (
                <p title={row.name} className="truncate px-1.5 pt-2 text-xs text-faint">
                  {row.name}
                </p>
              ) : row.kind === 'boundary' ? (
                <BoundaryHandle
                  boundary={row.boundary}
                  to={moving?.key === row.key ? moving.to : row.boundary.pageNum}
                  isAsking={moving?.key === row.key && moving.isAsking}
                  canMove={canMove}
                  nameOf={(index) => nameOf(row.boundary.documentId, index)}
                  cost={cost}
                  onTo={(to) => setTo(row.key, row.boundary, to)}
                  onAsk={(isAsking) => setMoving((now) => now && { ...now, isAsking })}
                  onDrag={(event) => drag(row.key, row.boundary, event)}
                  onMove={onMove}
                />
              ) : (
                <PageButton
                  page={row.page}
                  letters={moved?.keys.has(row.key) ? moved.letter : row.letters}
                  isMoved={moved?.keys.has(row.key) ?? false}
                  isCurrent={isPage(row.page, current.documentId, current.pageNum)}
                  document={documentOf.get(row.page.document_id)}
                  onPage={onPage}
                  onKeyDown={onKeyDown}
                />
              )}
            </div>
          );
        })}
      </div>
    </nav>
  );
}

interface PageButtonProps {
  page: PageState;
  letters: string;
  /** It would change its account. */
  isMoved: boolean;
  isCurrent: boolean;
  document: DocumentSummary | undefined;
  onPage: PageStripProps['onPage'];
  onKeyDown: (event: KeyboardEvent<HTMLElement>, documentId: string, pageNum: number) => void;
}

function PageButton({ page, letters, isMoved, isCurrent, document, onPage, onKeyDown }: PageButtonProps) {
  const { word, tone, shape } = pageLook(page);
  const { document_id: documentId, page_num: pageNum } = page;
  const words = [`Page ${pageNum + 1}`, page.title, letters && `account ${letters}`, word].filter(Boolean).join(', ');
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      tabIndex={isCurrent ? 0 : -1}
      title={page.failure ? `${words}: ${page.failure.message}` : words}
      data-thumbnail={`${documentId}/${pageNum}`}
      onClick={() => onPage(documentId, pageNum)}
      onKeyDown={(event) => onKeyDown(event, documentId, pageNum)}
      className={cn(
        'flex size-full flex-col items-center justify-end gap-0.5 pt-1 outline-offset-[-2px] hover:bg-hover',
        isCurrent && 'bg-accent-soft',
        isMoved && 'bg-accent-soft outline-1 outline-dashed outline-link',
      )}
    >
      <span className={cn('rounded-[2px]', isCurrent && 'outline-2 outline-offset-1 outline-accent')}>
        {document ? <Thumbnail document={document} pageNum={pageNum} /> : null}
      </span>
      <span className="sr-only">{words}</span>
      <span aria-hidden className="flex h-5 items-center gap-1 text-xs text-muted tabular-nums">
        <Mark tone={tone} shape={shape} className="size-2.5" />
        {pageNum + 1}
        {letters ? <span className="font-medium text-ink">{letters}</span> : null}
      </span>
    </button>
  );
}

function isPage(page: PageState, documentId: string, pageNum: number): boolean {
  return page.document_id === documentId && page.page_num === pageNum;
}

/** The page of a document whose upper edge is nearest to a height of the strip's content. */
function nearestPage(rows: readonly StripRow[], documentId: string, y: number): number {
  let top = 0;
  let nearest = { pageNum: 0, distance: Infinity };
  for (const row of rows) {
    const distance = Math.abs(top - y);
    if (row.kind === 'page' && row.page.document_id === documentId && distance < nearest.distance)
      nearest = { pageNum: row.page.page_num, distance };
    top += rowHeights[row.kind];
  }
  return nearest.pageNum;
}

/** The pages that change their account when the boundary that is being moved stays where it is now. */
function movedPages(rows: readonly StripRow[], moving: { key: string; to: number } | null) {
  const row = moving && rows.find((one) => one.key === moving.key);
  const move = row?.kind === 'boundary' ? moveOf(row.boundary, moving?.to ?? 0) : null;
  if (!move) return null;
  return {
    keys: new Set(move.pages.map((page) => `${move.documentId}/${page}`)),
    letter: letterOf(move.accountIndex),
  };
}
