'use client';

import type { PageView } from '#lib/core/contract/documents.ts';
import { memo, type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { cn } from '#app/ui/cn.ts';
import type { Box } from '#lib/core/pages/page.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { tellPainted } from '../state/use-armed.ts';
import type { Mark, Place } from '../state/marks.ts';
import { type Rotation, type Size, type Spot, turnBack, turnBox } from './geometry.ts';
import { Marks, Matches, placed } from './overlay.tsx';
import { PdfCanvas } from './pdf-canvas.tsx';
import { Picture } from './image-page.tsx';
import { ProsePage } from './prose-page.tsx';
import { type Grid, SheetGrid, toGrid, wordsOfGrid } from './sheet-page.tsx';
import { findWords, lineBoxes, placeOf, type ShownWords, wordAt, wordsIn } from './hit-test.ts';
import { useBand } from './use-box-selection.ts';
import { useWords } from './use-words.ts';

export interface PaperProps {
  documentId: string;
  /** How the page is shown: drawn, as a picture at this address, or set from what was read. */
  look:
    | { kind: 'pdf'; pdf: PDFDocumentProxy | null }
    | { kind: 'picture'; url: string }
    | { kind: 'set'; isPlain: boolean };
  /** Changes when pages may have been read again. */
  edition: string;
  spot: Spot;
  /** CSS pixels per pixel of the page at 100 %. */
  factor: number;
  rotation: Rotation;
  marks: readonly Mark[];
  focusedId: string | null;
  query: string;
  /** Number of the found place to show strongly, if it is on this page. */
  currentMatch: number | null;
  typed: string | null;
  /** A drag draws a box, without a key held. */
  isSelecting: boolean;
  onFocus: (id: string) => void;
  onPlace: (place: Place) => void;
  onSize: (pageNum: number, size: Size) => void;
  /** There is no picture at its address. */
  onNoPageImage: () => void;
  /** Tells where words stand on a page that is set otherwise than it was read. */
  onShown: (pageNum: number, shown: ShownWords) => void;
}

const nowhere: ShownWords = { words: [], boxes: [] };
/** Shorter texts stand everywhere. */
const minSearchLength = 2;

/** One page with all that lies over it. */
export const Paper = memo(function Paper(props: PaperProps) {
  const { documentId, look, edition, spot, rotation, marks, focusedId, query, currentMatch, typed, onFocus } = props;
  const { pageNum } = spot;
  const page = useWords(documentId, pageNum, edition);
  const { shown, grid, onProse } = useShown(props, page);
  const pick = (indices: readonly number[]) => {
    const { quote, boxes } = placeOf(shown.words, indices);
    if (quote !== '') props.onPlace({ documentId, pageNum, quote, boxes });
  };
  const [pointed, setPointed] = useState<number | null>(null);
  const { band, handlers } = useBand(props.isSelecting, (box) => pick(wordsIn(shown, turnBack(box, rotation))));
  const wordUnder = ({ currentTarget, clientX, clientY }: MouseEvent<HTMLElement>) => {
    const outer = currentTarget.getBoundingClientRect();
    const at = { x: (clientX - outer.x) / outer.width, y: (clientY - outer.y) / outer.height, width: 0, height: 0 };
    const point = turnBack(at, rotation);
    return wordAt(shown, point.x, point.y);
  };
  const boxesOf = useCallback(
    (indices: readonly number[]) =>
      lineBoxes(indices.flatMap((index) => shown.boxes[index] ?? [])).map((box) => turnBox(box, rotation)),
    [shown, rotation],
  );
  const found = useMemo(() => findWords(shown.words, query).map(boxesOf), [shown, query, boxesOf]);
  const written = useMemo(
    () => (typed && typed.trim().length >= minSearchLength ? findWords(shown.words, typed, true).flatMap(boxesOf) : []),
    [shown, typed, boxesOf],
  );
  const paper = useRef<HTMLDivElement>(null);
  const isSet = look.kind === 'set' && shown !== nowhere;
  useEffect(() => {
    if (isSet) tellPainted(paper.current);
  }, [isSet]);
  const pointedBox = turnBox(shown.boxes[pointed ?? -1] ?? { x: 0, y: 0, width: 0, height: 0 }, rotation);
  const current = currentMatch === null ? undefined : found[currentMatch];

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- by keyboard a text is found by the search, and taken from there
    <div
      ref={paper}
      role="group"
      aria-label={`Page ${pageNum + 1}`}
      data-page={pageNum}
      className={cn(
        'absolute shadow-[0_0_0_1px_var(--color-edge)] select-none',
        look.kind === 'set' ? 'bg-canvas' : 'paper',
        props.isSelecting
          ? 'cursor-crosshair'
          : pointed === null
            ? 'cursor-grab active:cursor-grabbing'
            : 'cursor-pointer',
      )}
      style={{ left: spot.left, top: spot.top, width: spot.width, height: spot.height }}
      onClick={(event) => {
        const word = wordUnder(event);
        // Words of one cell share one box.
        if (word !== null) pick(shown.boxes.flatMap((box, index) => (box === shown.boxes[word] ? [index] : [])));
      }}
      onMouseMove={(event) => setPointed(event.buttons === 0 ? wordUnder(event) : null)}
      onMouseLeave={() => setPointed(null)}
      {...handlers}
    >
      <Face {...props} page={page} grid={grid} onProse={onProse} />
      <Matches boxes={found.flat()} tone="found" />
      {current ? <Matches boxes={current} tone="current" /> : null}
      <Matches boxes={written} tone="typed" />
      {pointed === null || props.isSelecting ? null : (
        <span className="pointer-events-none absolute rounded-[2px] bg-link/12" style={placed(pointedBox)} />
      )}
      <Marks marks={marks} focusedId={focusedId} shown={shown} rotation={rotation} onFocus={onFocus} />
      {band ? (
        <span className="pointer-events-none absolute z-20 border-2 border-link bg-link/15" style={placed(band)} />
      ) : null}
    </div>
  );
});

/** The page itself. */
function Face({ look, spot, factor, rotation, onSize, onNoPageImage, page, grid, onProse }: FaceProps) {
  const { pageNum } = spot;
  if (look.kind === 'pdf') {
    const width = rotation % 180 === 0 ? spot.width : spot.height;
    if (!look.pdf) return null;
    return <PdfCanvas pdf={look.pdf} pageNum={pageNum} width={width} rotation={rotation} onSize={onSize} />;
  }
  if (look.kind === 'picture') {
    return <Picture url={look.url} pageNum={pageNum} rotation={rotation} onSize={onSize} onMissing={onNoPageImage} />;
  }
  if (!page) return null;
  return (
    <div className="absolute top-0 left-0 origin-top-left" style={{ transform: `scale(${factor})` }}>
      {grid ? (
        <SheetGrid grid={grid} title={page.title} />
      ) : (
        <ProsePage page={page} isPlain={look.isPlain} onShown={onProse} />
      )}
    </div>
  );
}

interface FaceProps extends Pick<PaperProps, 'look' | 'spot' | 'factor' | 'rotation' | 'onSize' | 'onNoPageImage'> {
  page: PageView | null;
  grid: Grid | null;
  onProse: (boxes: Box[], size: Size) => void;
}

/** Words where they are shown. A page that is set from what was read tells where that is, and how large it becomes. */
function useShown({ look, spot: { pageNum }, onSize, onShown }: PaperProps, page: PageView | null) {
  const [prose, setProse] = useState<ShownWords | null>(null);
  const grid = useMemo(() => (look.kind === 'set' && page?.kind === 'sheet' ? toGrid(page) : null), [look.kind, page]);
  const onProse = useCallback(
    (boxes: Box[], size: Size) => {
      onSize(pageNum, size);
      if (page) setProse({ words: page.words, boxes });
    },
    [onSize, pageNum, page],
  );
  const shown = useMemo(() => {
    if (!page) return nowhere;
    if (look.kind !== 'set') return { words: page.words, boxes: page.words };
    return grid ? wordsOfGrid(page, grid) : (prose ?? nowhere);
  }, [page, look.kind, grid, prose]);
  useLayoutEffect(() => {
    if (grid) onSize(pageNum, grid);
    if (look.kind === 'set' && shown !== nowhere) onShown(pageNum, shown);
  }, [grid, shown, look.kind, pageNum, onSize, onShown]);
  return { shown, grid, onProse };
}
