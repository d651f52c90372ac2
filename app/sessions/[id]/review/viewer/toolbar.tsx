import { ArrowDownToLine, BoxSelect, Maximize, MoveHorizontal, RotateCw, Search, ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { count } from '#app/ui/format.ts';
import { commandKey } from '#app/shell/command-key.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { clamp } from './geometry.ts';
import type { View } from './use-viewport.ts';

interface Props {
  pageNum: number;
  pageCount: number;
  view: Pick<View, 'factor' | 'zoomBy' | 'fit' | 'turnPages' | 'showPage'>;
  /** A text or a worksheet is not turned. */
  canTurn: boolean;
  isSelecting: boolean;
  isSearching: boolean;
  fileUrl: string;
  onSelecting: (isSelecting: boolean) => void;
  onSearch: () => void;
}

/** Floats at the bottom while the pointer or the focus is on the pages; where nothing hovers it stays. */
export function ViewBar({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-20 flex justify-center px-3">
      <div className="pointer-events-auto flex max-w-full flex-wrap items-center gap-1 rounded-md border border-edge bg-raised p-1 opacity-0 shadow-md transition-opacity duration-100 group-focus-within/pages:opacity-100 group-hover/pages:opacity-100 [@media(hover:none)]:opacity-100">
        {children}
      </div>
    </div>
  );
}

/** What can be done with the view of the page. */
export function Controls(props: Props) {
  const { pageNum, pageCount, view, isSelecting, isSearching, fileUrl } = props;
  return (
    <div role="toolbar" aria-label="Page view" className="flex flex-wrap items-center justify-center gap-0.5">
      <PageNumber pageNum={pageNum} pageCount={pageCount} onPage={view.showPage} />
      <Divider />
      <Tool label="Zoom out" keys="−" onClick={() => view.zoomBy(1 / 1.25)}>
        <ZoomOut />
      </Tool>
      <span className="w-11 text-center text-xs text-muted tabular-nums max-sm:hidden">
        {Math.round(view.factor * 100)}%
      </span>
      <Tool label="Zoom in" keys="+" onClick={() => view.zoomBy(1.25)}>
        <ZoomIn />
      </Tool>
      <Tool label="Fit the width" onClick={() => view.fit('width')}>
        <MoveHorizontal />
      </Tool>
      <Tool label="Fit the page" keys="0" onClick={() => view.fit('page')}>
        <Maximize />
      </Tool>
      {props.canTurn ? (
        <Tool label="Turn" onClick={view.turnPages}>
          <RotateCw />
        </Tool>
      ) : null}
      <Divider />
      <Tool label="Draw a box to select" isPressed={isSelecting} onClick={() => props.onSelecting(!isSelecting)}>
        <BoxSelect />
      </Tool>
      <Tool label="Search in the document" keys={`${commandKey}F`} isPressed={isSearching} onClick={props.onSearch}>
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

interface PageNumberProps extends Pick<Props, 'pageNum' | 'pageCount'> {
  onPage: (pageNum: number) => void;
}

/** `3 of 126`; another number goes there. */
function PageNumber({ pageNum, pageCount, onPage }: PageNumberProps) {
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
