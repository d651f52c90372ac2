'use client';

import type { DocumentSummary } from '#lib/core/contract/sessions.ts';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { cn } from '#app/ui/cn.ts';
import type { Box } from '#lib/core/pages/page.ts';
import type { Size } from '../viewer/geometry.ts';
import { lookOf } from '../viewer/page-source.ts';
import { PdfCanvas } from '../viewer/pdf-canvas.tsx';
import { usePdf } from '../viewer/pdf.ts';
import { useWords } from '../viewer/use-words.ts';

/** CSS pixels that a small page has at most. */
const [mostWidth, mostHeight] = [48, 62];

/**
 * To draw a page small takes all of its data: for the dozen that show at a time, tens of megabytes of a scan. Such pages
 * are drawn from their words.
 */
const maxBytesPerPage = 200_000;

interface Props {
  document: DocumentSummary;
  pageNum: number;
}

/** A page, small. */
export const Thumbnail = memo(function Thumbnail({ document, pageNum }: Props) {
  const look = lookOf(document);
  const isHeavy = look.kind === 'pdf' && document.size > maxBytesPerPage * document.pages_total;
  const { pdf, hasFailed } = usePdf(look.kind === 'pdf' && !isHeavy ? document.id : null);
  const [size, setSize] = useState<Size>({ width: 210, height: 297 });
  const onSize = useCallback((_page: number, natural: Size) => setSize(natural), [setSize]);
  const scale = Math.min(mostWidth / size.width, mostHeight / size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  const drawn = look.of(pageNum);
  // Behind the pages of a PDF is what it holds: an electronic invoice.
  const isBehind = pdf !== null && pageNum >= pdf.numPages;
  const isSet = drawn.kind === 'set' || isHeavy || isBehind;
  return (
    <span
      className={cn(
        'relative block overflow-hidden shadow-[0_0_0_1px_var(--color-edge)]',
        isSet ? 'bg-canvas text-faint' : 'paper',
      )}
      style={{ width, height }}
    >
      {pdf && !isBehind ? <PdfCanvas pdf={pdf} pageNum={pageNum} width={width} rotation={0} onSize={onSize} /> : null}
      {drawn.kind === 'picture' ? <SmallPicture url={drawn.url} onSize={setSize} /> : null}
      {isSet || hasFailed ? <WordsDrawn document={document} pageNum={pageNum} /> : null}
    </span>
  );
});

function SmallPicture({ url, onSize }: { url: string; onSize: (size: Size) => void }) {
  return (
    <img
      src={url}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      className="size-full"
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
        if (width > 0 && height > 0) onSize({ width, height });
      }}
    />
  );
}

/** Where words stand, as bars: enough to know a page again. */
function WordsDrawn({ document, pageNum }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const page = useWords(document.id, pageNum, `${document.status}/${document.pages_processed}`);
  useEffect(() => {
    if (canvas.current && page) draw(canvas.current, page.words);
  }, [page]);
  return <canvas ref={canvas} aria-hidden width={2 * mostWidth} height={2 * mostHeight} className="size-full" />;
}

function draw(canvas: HTMLCanvasElement, words: readonly Box[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = getComputedStyle(canvas).color;
  for (const { x, y, width, height } of words) {
    context.fillRect(
      4 + x * (canvas.width - 8),
      4 + (y + height * 0.25) * (canvas.height - 8),
      Math.max(1, width * (canvas.width - 8) - 1),
      Math.max(1, Math.min(4, height * 0.5 * canvas.height)),
    );
  }
}
