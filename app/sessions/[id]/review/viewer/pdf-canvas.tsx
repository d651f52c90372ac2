'use client';

import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { tellPainted } from '../state/use-armed.ts';
import type { Rotation, Size } from './geometry.ts';

/** Points are 1/72 of an inch, CSS pixels 1/96. */
const pixelsPerPoint = 96 / 72;
/** More than this a canvas is not let grow: a page zoomed far in gets softer instead. */
const maxPixels = 16_000_000;
/** A page that is only scrolled past is not drawn; one that is zoomed is drawn when the zoom rests. */
const restMs = 40;

interface Props {
  pdf: PDFDocumentProxy;
  pageNum: number;
  /** CSS pixels of the page as it lies, before it is turned. */
  width: number;
  rotation: Rotation;
  /** Tells the page's size in CSS pixels at 100 %. */
  onSize?: (pageNum: number, size: Size) => void;
  /** 1 for small pictures; the screen's density when absent. */
  density?: number;
}

/** A page of a PDF, drawn sharp for the screen. What was drawn before stays until the new is there. */
export function PdfCanvas({ pdf, pageNum, width, rotation, onSize, density }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const page = usePage(pdf, pageNum, onSize);
  useEffect(() => {
    if (!page || width <= 0) return;
    const natural = page.getViewport({ scale: 1 });
    const pixels = density ?? window.devicePixelRatio;
    const most = Math.sqrt(maxPixels / (natural.width * natural.height));
    const scale = Math.min((width / natural.width) * pixels, most);
    const viewport = page.getViewport({ scale, rotation: (page.rotate + rotation) % 360 });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    canvas.className = 'absolute inset-0 size-full';
    let stop = () => {};
    const timer = setTimeout(() => {
      const task = page.render({ canvas, viewport });
      stop = () => task.cancel();
      task.promise.then(
        () => {
          const before = host.current?.firstElementChild;
          host.current?.replaceChildren(canvas);
          if (density === undefined) tellPainted(host.current);
          if (before instanceof HTMLCanvasElement) free(before);
        },
        // Scrolled away or zoomed again meanwhile: the next one draws.
        () => free(canvas),
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [page, width, rotation, density]);
  useEffect(() => {
    const element = host.current;
    return () => {
      const canvas = element?.firstElementChild;
      if (canvas instanceof HTMLCanvasElement) free(canvas);
    };
  }, []);
  return <div ref={host} aria-hidden className="absolute inset-0" />;
}

function usePage(pdf: PDFDocumentProxy, pageNum: number, onSize: Props['onSize']): PDFPageProxy | null {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  useEffect(() => {
    let isGone = false;
    let mine: PDFPageProxy | null = null;
    pdf.getPage(pageNum + 1).then(
      (found) => {
        if (isGone) return;
        mine = found;
        const { width, height } = found.getViewport({ scale: pixelsPerPoint });
        onSize?.(pageNum, { width, height });
        setPage(found);
      },
      // A page that is damaged stays white; what was read of it is still there.
      () => {},
    );
    return () => {
      isGone = true;
      mine?.cleanup();
    };
  }, [pdf, pageNum, onSize]);
  return page;
}

/** Browsers keep the memory of a canvas that no one shows for a while. */
function free(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
