'use client';

import { useCallback, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PageState } from '#lib/documents/pages.ts';
import type { DocumentSummary } from '#lib/sessions/summary.ts';
import type { Mark, Place } from '../marks.ts';
import { Controls } from './controls.tsx';
import { Failed } from './failed.tsx';
import { around, type Size } from './geometry.ts';
import { lookOf, startSize } from './look.ts';
import { Paper, type PaperProps } from './paper.tsx';
import { usePdf } from './pdf.ts';
import { SearchBar } from './search-bar.tsx';
import { placeOf, shownBoxes, type ShownWords } from './under.ts';
import { usePan, useWheelZoom } from './use-pan.ts';
import { useSearch } from './use-search.ts';
import { useView } from './use-view.ts';

export interface PageSideProps {
  documents: readonly DocumentSummary[];
  /** What is shown: a document, and the page of it that the reader is on. */
  documentId: string;
  pageNum: number;
  onPage: (documentId: string, pageNum: number) => void;
  marks: readonly Mark[];
  /** The value whose place is shown strongly; when it changes, its place comes into view. */
  focusedId: string | null;
  onFocus: (id: string) => void;
  /** A person pointed at something: what stands there. */
  onPlace: (place: Place) => void;
  /** What is being typed: where it stands lights up. */
  typed: string | null;
  /** The states of the pages, so that those that failed say why. */
  pages?: readonly PageState[];
  onRetry?: () => void;
}

/** The document as it looks, with the places of its values. */
export function PageSide(props: PageSideProps) {
  const { documents, documentId, marks, focusedId, onPage } = props;
  const document = documents.find(({ id }) => id === documentId);
  const focused = focusedId === null ? undefined : marks.find(({ id }) => id === focusedId);
  const follow = useEffectEvent((id: string | null) => {
    const next = marks.find((mark) => mark.id === id);
    if (next && next.documentId !== documentId) onPage(next.documentId, next.pageNum);
  });
  // Only a new focus leads to another document: a reader may look at others meanwhile.
  useLayoutEffect(() => follow(focusedId), [focusedId]);
  if (!document) return null;
  return <Pages key={documentId} {...props} document={document} focused={focused} />;
}

function Pages(props: PageSideProps & { document: DocumentSummary; focused: Mark | undefined }) {
  const { document, pageNum, onPage, marks, focusedId, focused, onFocus, onPlace, typed, pages, onRetry } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const look = useMemo(() => lookOf(document), [document]);
  const { pdf, hasFailed } = usePdf(look.kind === 'pdf' ? document.id : null);
  const [isSelecting, setSelecting] = useState(false);
  const [searched, setSearched] = useState<string | null>(null);
  const [known, setKnown] = useState<ReadonlyMap<number, Size>>(new Map());
  const [shown, setShown] = useState<ReadonlyMap<number, ShownWords>>(new Map());
  const sizes = useMemo(() => {
    const usual = known.get(0) ?? [...known.values()][0] ?? startSize;
    return Array.from({ length: document.pages_total }, (_, page) => known.get(page) ?? usual);
  }, [known, document.pages_total]);
  const headed = useMemo(
    () => (pages ?? []).filter((page) => page.document_id === document.id && headHeight(page, look.kind) > 0),
    [pages, document.id, look.kind],
  );
  const heads = useMemo(
    () => new Map(headed.map((page) => [page.page_num, headHeight(page, look.kind)])),
    [headed, look.kind],
  );
  const onSize = useCallback((page: number, { width, height }: Size) => {
    setKnown((before) => {
      const one = before.get(page);
      return one?.width === width && one.height === height ? before : new Map(before).set(page, { width, height });
    });
  }, []);
  const onShown = useCallback(
    (page: number, words: ShownWords) => setShown((before) => new Map(before).set(page, words)),
    [],
  );
  const tellPage = (page: number) => onPage(document.id, page);
  const view = useView({ scroller, sizes, heads, startPage: pageNum, most: look.most, onPage: tellPage });
  const search = useSearch(document.id, document.pages_total, searched ?? '', pageNum);
  useWheelZoom(scroller, view.zoomBy);
  const pan = usePan(scroller);

  const showPage = useEffectEvent((page: number) => view.showPage(page));
  useLayoutEffect(() => showPage(pageNum), [pageNum]);
  // Words of a page that is set from what was read are known once it is there: then its place is looked for again.
  const where = focused?.documentId === document.id ? shown.get(focused.pageNum) : undefined;
  const showFocused = useEffectEvent((id: string | null, words: ShownWords | undefined) => {
    const mark = marks.find((one) => one.id === id && one.documentId === document.id);
    const boxes = mark && (words ? shownBoxes(words, mark.boxes) : mark.boxes);
    const box = boxes && around(boxes);
    if (box) view.reveal(mark.pageNum, box, Math.min(...boxes.map(({ height }) => height)));
  });
  useLayoutEffect(() => showFocused(focusedId, where), [focusedId, where]);

  const goTo = (step: 1 | -1) => {
    const next = search.go(step, pageNum);
    const page = next && search.pages.get(next.pageNum);
    if (!next || !page) return;
    const boxes = placeOf(page.words, next.words).boxes;
    const words = shown.get(next.pageNum);
    const box = around(words ? shownBoxes(words, boxes) : boxes);
    if (box) view.reveal(next.pageNum, box, box.height);
  };
  const useMatch = () => {
    const page = search.current && search.pages.get(search.current.pageNum);
    if (!search.current || !page) return;
    onPlace({ documentId: document.id, pageNum: search.current.pageNum, ...placeOf(page.words, search.current.words) });
  };
  const keys: Record<string, () => void> = {
    '+': () => view.zoomBy(1.25),
    '=': () => view.zoomBy(1.25),
    '-': () => view.zoomBy(1 / 1.25),
    '0': () => view.fit('page'),
  };

  const marksOf = useMemo(
    () =>
      Map.groupBy(
        marks.filter(({ documentId }) => documentId === document.id),
        (mark) => mark.pageNum,
      ),
    [marks, document.id],
  );
  if (document.pages_total === 0) return <Failed document={document} failure={document.failure} onRetry={onRetry} />;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the controls within
    <section
      aria-label={`Pages of ${document.name}`}
      className="group/pages relative flex min-h-0 min-w-0 flex-1 flex-col bg-surface"
      onKeyDown={(event) => {
        const isOther = event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement;
        const isSearch = (event.ctrlKey || event.metaKey) && event.key === 'f';
        const act = isSearch ? () => setSearched('') : isOther ? undefined : keys[event.key];
        if (!act) return;
        event.preventDefault();
        event.stopPropagation();
        act();
      }}
    >
      <div
        ref={scroller}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label="Pages"
        data-scroller
        className="relative min-h-0 flex-1 overflow-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none] [scrollbar-gutter:stable]"
        onScroll={view.onScroll}
        {...pan}
      >
        <div className="relative" style={{ width: view.layout.width, height: view.layout.height }}>
          {headed.map((page) => {
            const spot = view.spots.find((one) => one.pageNum === page.page_num);
            const height = heads.get(page.page_num) ?? 0;
            return spot ? (
              <div
                key={page.page_num}
                className="absolute"
                style={{ left: spot.left, top: spot.top - height, width: Math.max(spot.width, leastHead), height }}
              >
                {page.failure ? (
                  <Failed document={document} pageNum={page.page_num} failure={page.failure} onRetry={onRetry} />
                ) : (
                  <p className="truncate pt-1 text-sm font-medium text-muted">{page.title}</p>
                )}
              </div>
            ) : null;
          })}
          {view.spots.map((spot) => (
            <Paper
              key={spot.pageNum}
              documentId={document.id}
              look={look.kind === 'pdf' ? (hasFailed ? setLook : { kind: 'pdf', pdf }) : look.of(spot.pageNum)}
              edition={`${document.status}/${document.pages_processed}`}
              spot={spot}
              factor={view.factor}
              rotation={look.kind === 'set' ? 0 : view.rotation}
              marks={marksOf.get(spot.pageNum) ?? noMarks}
              focusedId={focused?.pageNum === spot.pageNum ? focusedId : null}
              query={search.query}
              currentMatch={search.current?.pageNum === spot.pageNum ? search.current.number : null}
              typed={typed}
              isSelecting={isSelecting}
              onFocus={onFocus}
              onPlace={onPlace}
              onSize={onSize}
              onShown={onShown}
            />
          ))}
        </div>
      </div>
      <div className="pointer-events-none absolute inset-x-0 bottom-3 z-20 flex justify-center px-3">
        <div className="pointer-events-auto flex max-w-full flex-wrap items-center gap-1 rounded-md border border-edge bg-raised p-1 opacity-0 shadow-md transition-opacity duration-100 group-focus-within/pages:opacity-100 group-hover/pages:opacity-100 [@media(hover:none)]:opacity-100">
          {searched === null ? null : (
            <SearchBar
              text={searched}
              onText={setSearched}
              found={search.found.length}
              at={search.at}
              isDone={search.isDone}
              onGo={goTo}
              onUse={useMatch}
              onClose={() => {
                setSearched(null);
                scroller.current?.focus({ preventScroll: true });
              }}
            />
          )}
          <Controls
            pageNum={pageNum}
            pageCount={document.pages_total}
            factor={view.factor}
            canTurn={look.kind !== 'set'}
            isSelecting={isSelecting}
            isSearching={searched !== null}
            fileUrl={`/api/document/${document.id}/file`}
            onPage={(page) => view.showPage(page)}
            onZoom={(by) => view.zoomBy(by)}
            onFit={view.fit}
            onTurn={view.turnPages}
            onSelecting={setSelecting}
            onSearch={() => setSearched(searched === null ? '' : null)}
          />
        </div>
      </div>
    </section>
  );
}

const leastHead = 320;

/** Room above a page for why it failed, or for the name of its worksheet. */
function headHeight(page: PageState, kind: PaperProps['look']['kind']): number {
  if (page.failure) return 72;
  return page.title && kind === 'set' ? 28 : 0;
}

const noMarks: readonly Mark[] = [];
const setLook = { kind: 'set', isPlain: false } as const;
