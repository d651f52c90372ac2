import type { PageView } from '#lib/core/contract/documents.ts';
import { memo, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { Box } from '#lib/core/pages/page.ts';
import type { Size } from './geometry.ts';
import { type Piece, type ProseBlock, toLines, toProse } from './prose.ts';

/** CSS pixels of a text page at 100 %. */
const proseWidth = 720;

interface Props {
  page: PageView;
  /** Written for a typewriter: its spaces and line ends are its layout. */
  isPlain: boolean;
  /** Tells where each word stands, in fractions of the page, and how large the page is. */
  onShown: (boxes: Box[], size: Size) => void;
}

/** Text as a document: headings, lists, tables. */
export const ProsePage = memo(function ProsePage({ page, isPlain, onShown }: Props) {
  const root = useRef<HTMLDivElement>(null);
  useShown(root, page, onShown);
  return (
    <div ref={root} className="min-h-160 bg-canvas px-12 py-12 text-ink" style={{ width: proseWidth }}>
      {isPlain ? <Plain page={page} /> : <Prose page={page} />}
    </div>
  );
});

function Plain({ page }: Pick<Props, 'page'>) {
  const lines = useMemo(() => toLines(page.text, page.words), [page]);
  return (
    <div className="font-mono text-sm whitespace-pre-wrap">
      {lines.map(({ key, pieces }) => (
        <div key={key} className="min-h-5">
          <Pieces pieces={pieces} />
        </div>
      ))}
    </div>
  );
}

function Prose({ page }: Pick<Props, 'page'>) {
  const blocks = useMemo(() => toProse(page.text, page.words), [page]);
  return (
    <div className="text-[15px] leading-6">
      {blocks.map((block) => (
        <Block key={block.key} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: ProseBlock }) {
  if (block.kind === 'space') return <div className="h-4" />;
  if (block.kind === 'table') return <ProseTable rows={block.rows} />;
  if (block.kind === 'heading') {
    return (
      <p role="heading" aria-level={4} className="mb-1 text-[17px] font-semibold">
        <Pieces pieces={block.pieces} />
      </p>
    );
  }
  return (
    <p className={block.kind === 'item' ? 'mb-1 pl-5 -indent-3' : 'mb-2'}>
      <Pieces pieces={block.pieces} />
    </p>
  );
}

function ProseTable({ rows }: Pick<Extract<ProseBlock, { kind: 'table' }>, 'rows'>) {
  return (
    <table className="mb-3 w-full border-collapse text-sm">
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="border-y">
            {row.cells.map((cell) => (
              <td key={cell.key} className="border-x px-2 py-1 align-top">
                <Pieces pieces={cell.pieces} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return pieces.map(({ key, text, words }) => (
    <span key={key} {...(words.length > 0 ? { 'data-words': words.join(' ') } : {})}>
      {text}
    </span>
  ));
}

/** Measured whenever its layout changes: fonts come in, the page is shown again. */
function useShown(root: RefObject<HTMLDivElement | null>, page: PageView, onShown: Props['onShown']): void {
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const measure = () =>
      onShown(wordBoxes(element, page.words.length), { width: element.offsetWidth, height: element.offsetHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, page, onShown]);
}

function wordBoxes(element: HTMLElement, words: number): Box[] {
  const outer = element.getBoundingClientRect();
  const boxes: Box[] = Array.from({ length: words }, () => ({ x: 0, y: 0, width: 0, height: 0 }));
  for (const span of element.querySelectorAll<HTMLElement>('[data-words]')) {
    const { x, y, width, height } = span.getBoundingClientRect();
    const box = {
      x: (x - outer.x) / outer.width,
      y: (y - outer.y) / outer.height,
      width: width / outer.width,
      height: height / outer.height,
    };
    for (const word of span.dataset.words?.split(' ') ?? []) boxes[Number(word)] = box;
  }
  return boxes;
}
