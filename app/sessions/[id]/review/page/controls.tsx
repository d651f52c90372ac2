import { ArrowDownToLine, BoxSelect, Maximize, MoveHorizontal, RotateCw, Search, ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { count } from '#app/ui/format.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { clamp } from './geometry.ts';

interface Props {
  pageNum: number;
  pageCount: number;
  factor: number;
  /** A text or a worksheet is not turned. */
  canTurn: boolean;
  isSelecting: boolean;
  isSearching: boolean;
  fileUrl: string;
  onPage: (pageNum: number) => void;
  onZoom: (by: number) => void;
  onFit: (to: 'width' | 'page') => void;
  onTurn: () => void;
  onSelecting: (isSelecting: boolean) => void;
  onSearch: () => void;
}

/** What can be done with the view of the page. */
export function Controls(props: Props) {
  const { pageNum, pageCount, factor, isSelecting, isSearching, fileUrl } = props;
  return (
    <div role="toolbar" aria-label="Page view" className="flex items-center gap-0.5">
      <PageNumber pageNum={pageNum} pageCount={pageCount} onPage={props.onPage} />
      <Divider />
      <Tool label="Zoom out" keys="−" onClick={() => props.onZoom(1 / 1.25)}>
        <ZoomOut />
      </Tool>
      <span className="w-11 text-center text-xs text-muted tabular-nums max-sm:hidden">
        {Math.round(factor * 100)}%
      </span>
      <Tool label="Zoom in" keys="+" onClick={() => props.onZoom(1.25)}>
        <ZoomIn />
      </Tool>
      <Tool label="Fit the width" onClick={() => props.onFit('width')}>
        <MoveHorizontal />
      </Tool>
      <Tool label="Fit the page" keys="0" onClick={() => props.onFit('page')}>
        <Maximize />
      </Tool>
      {props.canTurn ? (
        <Tool label="Turn" onClick={props.onTurn}>
          <RotateCw />
        </Tool>
      ) : null}
      <Divider />
      <Tool label="Draw a box to select" isPressed={isSelecting} onClick={() => props.onSelecting(!isSelecting)}>
        <BoxSelect />
      </Tool>
      <Tool label="Search in the document" keys="⌘F" isPressed={isSearching} onClick={props.onSearch}>
        <Search />
      </Tool>
      <Tooltip side="top" label="Download the original">
        <a
          href={fileUrl}
          download
          aria-label="Download the original"
          className="grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink [&_svg]:size-4"
        >
          <ArrowDownToLine />
        </a>
      </Tooltip>
    </div>
  );
}

interface ToolProps {
  label: string;
  keys?: string;
  isPressed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, keys, isPressed, onClick, children }: ToolProps) {
  return (
    <Tooltip side="top" label={label} {...(keys ? { keys } : {})}>
      <Button
        kind="quiet"
        size="smallIcon"
        aria-label={label}
        aria-pressed={isPressed}
        className="aria-pressed:bg-accent-soft aria-pressed:text-link"
        onClick={onClick}
      >
        {children}
      </Button>
    </Tooltip>
  );
}

function Divider() {
  return <span aria-hidden className="mx-1 h-4 border-l border-edge" />;
}

/** `3 of 126`; another number goes there. */
function PageNumber({ pageNum, pageCount, onPage }: Pick<Props, 'pageNum' | 'pageCount' | 'onPage'>) {
  const [written, setWritten] = useState<string | null>(null);
  const go = () => {
    const number = Number(written);
    if (written && Number.isInteger(number)) onPage(clamp(number, 1, pageCount) - 1);
    setWritten(null);
  };
  return (
    <span className="flex items-center gap-1 pl-1 text-xs whitespace-nowrap text-muted tabular-nums">
      <input
        aria-label={`Page, of ${pageCount}`}
        inputMode="numeric"
        value={written ?? String(pageNum + 1)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setWritten(event.target.value)}
        onBlur={go}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go();
          else if (event.key === 'Escape') setWritten(null);
          else return;
          event.stopPropagation();
        }}
        className="h-6 w-9 rounded-sm border border-transparent bg-transparent text-right text-ink hover:border-edge"
      />
      of {count(pageCount)}
    </span>
  );
}
