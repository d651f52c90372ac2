'use client';

import { type PointerEvent, useEffect, useState } from 'react';

const key = 'sluice-fields-width';
const [least, first, most] = [320, 440, 900];

/** The width of the field side, in pixels; this browser remembers it. */
export function useSideWidth() {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const kept = Number(localStorage.getItem(key));
    if (kept) setWidth(within(kept));
  }, []);
  const resize = (next: number) => {
    setWidth(within(next));
    localStorage.setItem(key, String(within(next)));
  };
  return { width, resize };
}

const within = (width: number) => Math.min(most, Math.max(least, Math.round(width)));

/** The line between page and fields: dragged, or moved by the arrow keys. */
export function SideHandle({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const { clientX, pointerId, currentTarget } = event;
    currentTarget.setPointerCapture(pointerId);
    const move = (moved: globalThis.PointerEvent) => onResize(width + clientX - moved.clientX);
    currentTarget.addEventListener('pointermove', move);
    currentTarget.addEventListener('pointerup', () => currentTarget.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a control
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the fields"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a focusable separator is a control
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onResize(width + 20);
        if (event.key === 'ArrowRight') onResize(width - 20);
      }}
      className="w-1 shrink-0 cursor-col-resize touch-none bg-line transition-colors hover:bg-accent max-lg:hidden"
    />
  );
}
