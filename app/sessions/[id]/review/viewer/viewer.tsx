'use client';

import type { DocumentSummary, PageState } from '#lib/core/contract/sessions.ts';
import { type KeyboardEvent, useCallback, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from '#app/ui/use-latest.ts';
import type { Mark, Place } from '../state/marks.ts';
import { Controls, ViewBar } from './toolbar.tsx';
import { Failed } from './failed-document.tsx';
import { around } from './geometry.ts';
import { lookOf } from './page-source.ts';
import { PageHeads, usePageHeads } from './page-heads.tsx';
import { Paper, type PaperProps } from './page-view.tsx';
import { usePdf } from './pdf.ts';
import { SearchBar } from './search-bar.tsx';
import { placeOf, shownBoxes, type ShownWords } from './hit-test.ts';
import { usePan, useWheelZoom } from './use-pan.ts';
import { useSearch } from './use-search.ts';
import { useKnownPages } from './use-page-sizes.ts';
import { useView, type View } from './use-viewport.ts';

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
  const { sizes, shown, onSize, onShown } = useKnownPages(document.pages_total);
  const heads = usePageHeads(pages, document.id);
  // What the browser cannot draw is shown by the pictures that were made of it, if any were: a protected file has them.
  const [isPictured, setPictured] = useState(true);
  const noPicture = useCallback(() => setPictured(false), []);
  const pdfLook = useMemo(() => ({ kind: 'pdf', pdf }) as const, [pdf]);
  const lookAt = (page: number): PaperProps['look'] => {
    if (look.kind !== 'pdf') return look.of(page);
    // Behind the pages of the PDF is what it holds: an electronic invoice.
    if (!hasFailed) return pdf && page >= pdf.numPages ? setLook : pdfLook;
    return isPictured ? { kind: 'picture', url: `/api/document/${document.id}/page/${page}/image` } : setLook;
  };
  const [focus, place] = [useLatest(onFocus), useLatest(onPlace)];
  const tellPage = (page: number) => onPage(document.id, page);
  const view = useView({
    scroller,
    sizes,
    heads: heads.heights,
    startPage: pageNum,
    most: look.most,
    onPage: tellPage,
  });
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
  const takeMatch = () => {
    const page = search.current && search.pages.get(search.current.pageNum);
    if (!search.current || !page) return;
    onPlace({ documentId: document.id, pageNum: search.current.pageNum, ...placeOf(page.words, search.current.words) });
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
      onKeyDown={(event) => onViewKey(event, view, () => setSearched(''))}
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
          <PageHeads heads={heads.list} spots={view.spots} document={document} onRetry={onRetry} />
          {view.spots.map((spot) => (
            <Paper
              key={spot.pageNum}
              documentId={document.id}
              look={lookAt(spot.pageNum)}
              onNoPageImage={noPicture}
              edition={`${document.status}/${document.pages_processed}`}
              spot={spot}
              factor={view.factor}
              rotation={lookAt(spot.pageNum).kind === 'set' ? 0 : view.rotation}
              marks={marksOf.get(spot.pageNum) ?? noMarks}
              focusedId={focused?.pageNum === spot.pageNum ? focusedId : null}
              query={search.query}
              currentMatch={search.current?.pageNum === spot.pageNum ? search.current.number : null}
              typed={typed}
              isSelecting={isSelecting}
              onFocus={focus}
              onPlace={place}
              onSize={onSize}
              onShown={onShown}
            />
          ))}
        </div>
      </div>
      <ViewBar>
        {searched === null ? null : (
          <SearchBar
            text={searched}
            onText={setSearched}
            found={search.found.length}
            at={search.at}
            isDone={search.isDone}
            onGo={goTo}
            onUse={takeMatch}
            onClose={() => {
              setSearched(null);
              scroller.current?.focus({ preventScroll: true });
            }}
          />
        )}
        <Controls
          pageNum={pageNum}
          pageCount={document.pages_total}
          view={view}
          canTurn={look.kind !== 'set'}
          isSelecting={isSelecting}
          isSearching={searched !== null}
          fileUrl={`/api/document/${document.id}/file`}
          onSelecting={setSelecting}
          onSearch={() => setSearched(searched === null ? '' : null)}
        />
      </ViewBar>
    </section>
  );
}

const noMarks: readonly Mark[] = [];
const setLook = { kind: 'set', isPlain: false } as const;

/** Keys of the page side; a field within it keeps its own. */
function onViewKey(event: KeyboardEvent<HTMLElement>, { zoomBy, fit }: View, search: () => void): void {
  const hasModifier = event.ctrlKey || event.metaKey;
  const isElsewhere = hasModifier || event.altKey || event.target instanceof HTMLInputElement;
  if (hasModifier && event.key === 'f') search();
  else if (isElsewhere) return;
  else if (event.key === '+' || event.key === '=') zoomBy(1.25);
  else if (event.key === '-') zoomBy(1 / 1.25);
  else if (event.key === '0') fit('page');
  else return;
  event.preventDefault();
  event.stopPropagation();
}
