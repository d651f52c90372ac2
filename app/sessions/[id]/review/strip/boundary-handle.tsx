'use client';

import { Popover } from '@base-ui/react/popover';
import { type PointerEvent, useRef } from 'react';
import { Button } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { counted } from '#app/ui/format.ts';
import { sureBoundary } from '#lib/core/splitting/types.ts';
import type { PageMove } from '../state/marks.ts';
import { letterOf, moveOf, type StripBoundary } from './strip-rows.ts';

export interface BoundaryHandleProps {
  boundary: StripBoundary;
  /** The page that it would begin with; its own while no one moves it. */
  to: number;
  /** Waits for yes or no. */
  isAsking: boolean;
  canMove: boolean;
  nameOf: (accountIndex: number) => string;
  cost: (pages: number) => string;
  onTo: (pageNum: number) => void;
  onAsk: (isAsking: boolean) => void;
  onDrag: (event: PointerEvent<HTMLElement>) => void;
  onMove: (move: PageMove) => void;
}

/** The line between two accounts: says why it is there; moved by drag or by arrow keys, then Enter. */
export function BoundaryHandle(props: BoundaryHandleProps) {
  const { boundary, to, isAsking, canMove, nameOf, onTo, onAsk, onDrag } = props;
  const handle = useRef<HTMLDivElement>(null);
  const isSure = boundary.certainty === null || boundary.certainty >= sureBoundary;
  const label = `${letterOf(boundary.behind)}, ${nameOf(boundary.behind)}, begins on page ${to + 1}`;
  const cancel = () => {
    onAsk(false);
    onTo(boundary.pageNum);
  };
  return (
    <>
      <Tooltip side="right" label={<Why boundary={boundary} label={label} canMove={canMove} />}>
        <div
          ref={handle}
          role="slider"
          tabIndex={0}
          aria-orientation="vertical"
          aria-label={`Where ${letterOf(boundary.behind)} begins`}
          aria-valuemin={boundary.least + 1}
          aria-valuemax={boundary.most + 1}
          aria-valuenow={to + 1}
          aria-valuetext={label}
          aria-disabled={!canMove}
          data-boundary={boundary.pageNum}
          className={cn(
            'group/handle flex h-full w-full touch-none items-center gap-1 rounded-sm px-1 outline-offset-[-2px]',
            canMove && 'cursor-ns-resize',
            to === boundary.pageNum ? '' : 'bg-accent-soft',
          )}
          onPointerDown={(event) => canMove && onDrag(event)}
          onKeyDown={(event) => {
            const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            if (step && canMove) onTo(to + step);
            else if (event.key === 'Enter' && canMove) onAsk(moveOf(boundary, to) !== null);
            else if (event.key === 'Escape' && to !== boundary.pageNum) cancel();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          onBlur={() => {
            if (!isAsking && to !== boundary.pageNum) cancel();
          }}
        >
          <Line isSure={isSure} />
          <span className={cn('text-xs font-medium', isSure ? 'text-muted' : 'text-orange')}>
            {letterOf(boundary.behind)}
            {isSure ? '' : '?'}
          </span>
          <Line isSure={isSure} />
        </div>
      </Tooltip>
      <Ask {...props} anchor={handle} cancel={cancel} />
    </>
  );
}

function Line({ isSure }: { isSure: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex-1 border-t-2 group-hover/handle:border-link',
        isSure ? 'border-edge' : 'border-dashed border-orange',
      )}
    />
  );
}

function Why({ boundary, label, canMove }: Pick<BoundaryHandleProps, 'boundary' | 'canMove'> & { label: string }) {
  const { reasons, certainty } = boundary;
  return (
    <div>
      <p className="font-medium">{label}</p>
      {certainty === null ? null : <p className="text-muted">{Math.round(certainty * 100)} % certain</p>}
      <ul className="text-muted">
        {reasons.for.map((reason) => (
          <li key={reason}>+ {reason}</li>
        ))}
        {reasons.against.map((reason) => (
          <li key={reason}>− {reason}</li>
        ))}
      </ul>
      {canMove ? <p className="mt-1 text-muted">Drag it, or ↑ ↓ and Enter.</p> : null}
    </div>
  );
}

interface AskProps extends BoundaryHandleProps {
  anchor: React.RefObject<HTMLDivElement | null>;
  cancel: () => void;
}

/** Says what a move will cost before it is made. */
function Ask({ boundary, to, isAsking, nameOf, cost, onAsk, onTo, onMove, anchor, cancel }: AskProps) {
  const move = moveOf(boundary, to);
  if (!move) return null;
  const [page] = move.pages;
  const pages = move.pages.length === 1 ? `Page ${(page ?? 0) + 1} goes` : `${counted(move.pages.length, 'page')} go`;
  return (
    <Popover.Root open={isAsking} onOpenChange={(open) => (open ? onAsk(true) : cancel())}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side="right" sideOffset={8} collisionPadding={8} className="z-40">
          <Popover.Popup
            finalFocus={anchor}
            className="w-72 max-w-[calc(100vw-1rem)] rounded-md border border-line bg-raised p-3 text-sm text-ink shadow-lg outline-hidden"
          >
            <Popover.Title className="font-medium">
              {pages} to {letterOf(move.accountIndex)}, {nameOf(move.accountIndex)}
            </Popover.Title>
            <Popover.Description className="mt-1 text-muted">{cost(move.pages.length)}</Popover.Description>
            <div className="mt-3 flex justify-end gap-2">
              <Button size="small" onClick={cancel}>
                Cancel
              </Button>
              <Button
                size="small"
                kind="primary"
                onClick={() => {
                  onAsk(false);
                  onTo(boundary.pageNum);
                  onMove(move);
                }}
              >
                Move
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
