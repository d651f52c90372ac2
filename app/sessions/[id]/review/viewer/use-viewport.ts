import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Box } from '#lib/core/pages/page.ts';
import {
  besideBox,
  clamp,
  maxZoom,
  layoutPages,
  pageAt,
  pagesBetween,
  type Rotation,
  rotations,
  type Size,
  minZoom,
  turn,
  type Zoom,
  zoomFactor,
  zoomToRead,
} from './geometry.ts';

/** A point of a page, and where in the view it stays when the layout changes: all fractions. */
interface Anchor {
  pageNum: number;
  x: number;
  y: number;
  atX: number;
  atY: number;
}

interface Input {
  scroller: RefObject<HTMLDivElement | null>;
  /** CSS pixels at 100 %, by page. */
  sizes: readonly Size[];
  heads: ReadonlyMap<number, number>;
  startPage: number;
  /** Bounds `auto`. */
  most: number;
  onPage: (pageNum: number) => void;
}

/** Pages near the view are drawn before they come into it. */
const aheadPixels = 500;
/** The view is looked at again after so much scrolling. */
const stepPixels = 160;

/** Where the reader is: zoom, rotation, the pages in view, and what stays in place when anything changes. */
export function useView({ scroller, sizes, heads, startPage, most, onPage }: Input) {
  const [view, setView] = useState<Size>({ width: 900, height: 800 });
  const [zoom, setZoom] = useState<Zoom>('auto');
  const [closer, setCloser] = useState<number | null>(null);
  const [rotation, setRotation] = useState<Rotation>(0);
  const [step, setStep] = useState(0);
  const anchor = useRef<Anchor>({ pageNum: startPage, x: 0.5, y: 0, atX: 0.5, atY: 0.02 });
  const placed = useRef({ left: 0, top: 0 });
  const page = useRef(startPage);

  const first = turn(sizes[0] ?? { width: 794, height: 1123 }, rotation);
  const base = zoomFactor(zoom, first, view, most);
  const factor = closer ?? base;
  const layout = useMemo(
    () => layoutPages(sizes, factor, rotation, view, heads),
    [sizes, factor, rotation, view, heads],
  );

  const apply = useCallback(() => {
    const element = scroller.current;
    const { pageNum, x, y, atX, atY } = anchor.current;
    const spot = layout.spots[pageNum];
    if (!element || !spot) return;
    element.scrollTo({
      left: spot.left + x * spot.width - atX * element.clientWidth,
      top: spot.top + y * spot.height - atY * element.clientHeight,
      behavior: 'instant',
    });
    placed.current = { left: element.scrollLeft, top: element.scrollTop };
    setStep(Math.round(element.scrollTop / stepPixels));
  }, [scroller, layout]);
  useLayoutEffect(apply, [apply]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setView({ width: element.clientWidth, height: element.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const tell = (pageNum: number) => {
    if (page.current === pageNum) return;
    page.current = pageNum;
    onPage(pageNum);
  };

  /** Keeps the point of the page that is here now, in CSS pixels of the view. */
  const anchorAt = (left: number, top: number) => {
    const element = scroller.current;
    if (!element) return;
    const pageNum = pageAt(layout.spots, element.scrollTop + top);
    const spot = layout.spots[pageNum];
    if (!spot) return;
    anchor.current = {
      pageNum,
      x: (element.scrollLeft + left - spot.left) / spot.width,
      y: (element.scrollTop + top - spot.top) / spot.height,
      atX: left / element.clientWidth,
      atY: top / element.clientHeight,
    };
  };

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const { left, top } = placed.current;
    setStep(Math.round(element.scrollTop / stepPixels));
    if (Math.abs(element.scrollTop - top) < 2 && Math.abs(element.scrollLeft - left) < 2) return;
    placed.current = { left: -1, top: -1 };
    anchorAt(element.clientWidth / 2, element.clientHeight / 3);
    tell(anchor.current.pageNum);
  };

  const moveTo = (next: Anchor) => {
    anchor.current = next;
    apply();
    tell(next.pageNum);
  };

  /** Shows a page from its top. */
  const showPage = (pageNum: number) => {
    if (pageNum === page.current) return;
    moveTo({ pageNum, x: 0.5, y: 0, atX: 0.5, atY: 0.02 });
  };

  /** Brings a box of a page, as it is shown, into the middle of the view, at a size that can be read. */
  const reveal = (pageNum: number, box: Box, lineHeight: number) => {
    const element = scroller.current;
    // At the first showing the size that is known is not yet the real one.
    const real = element ? { width: element.clientWidth, height: element.clientHeight } : view;
    const size = turn(sizes[pageNum] ?? first, rotation);
    const evidence = { width: box.width * size.width, height: box.height * size.height };
    const needed = zoomToRead(base, lineHeight * size.height, evidence, real);
    setCloser(needed > base ? needed : null);
    if (needed === factor && isInView(pageNum, box)) return tell(pageNum);
    const shownSize = { width: size.width * needed, height: size.height * needed };
    moveTo({ pageNum, ...besideBox(box, shownSize, real), y: box.y + box.height / 2, atY: 0.42 });
  };

  const isInView = (pageNum: number, box: Box) => {
    const element = scroller.current;
    const spot = layout.spots[pageNum];
    if (!element || !spot) return false;
    const top = spot.top + box.y * spot.height - element.scrollTop;
    const left = spot.left + box.x * spot.width - element.scrollLeft;
    const edge = 24;
    return (
      top >= edge &&
      top + box.height * spot.height <= view.height - 64 &&
      left >= edge &&
      left + box.width * spot.width <= view.width - edge
    );
  };

  /** By a factor, about a point of the view; its middle when absent. */
  const zoomBy = (by: number, left = view.width / 2, top = view.height / 2) => {
    anchorAt(left, top);
    setCloser(null);
    setZoom(clamp(factor * by, minZoom, maxZoom));
  };

  const fit = (to: Zoom) => {
    anchorAt(view.width / 2, view.height / 3);
    setCloser(null);
    setZoom(to);
  };

  const turnPages = () => {
    setRotation((current) => rotations[(rotations.indexOf(current) + 1) % rotations.length] ?? 0);
  };

  const from = step * stepPixels - aheadPixels;
  const spots = pagesBetween(layout, from, from + view.height + 2 * aheadPixels + stepPixels);
  return { layout, spots, factor, zoom, rotation, onScroll, showPage, reveal, zoomBy, fit, turnPages };
}

export type View = ReturnType<typeof useView>;
