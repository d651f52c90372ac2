import { type PointerEvent, useState } from 'react';
import type { Box } from '#lib/core/pages/page.ts';
import { clamp } from './geometry.ts';

/** A hand that only clicks moves so far, in CSS pixels. */
const stillPixels = 4;

/**
 * A box drawn over an element, with Alt or Shift held or while `isSelecting`: fractions of the element.
 * Its handlers stand on the element; a click that ends a drag is kept from it.
 */
export function useBand(isSelecting: boolean, onDrawn: (box: Box) => void) {
  const [start, setStart] = useState<{ x: number; y: number } | null>(null);
  const [band, setBand] = useState<Box | null>(null);
  const at = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) => {
    const outer = currentTarget.getBoundingClientRect();
    return { x: clamp((clientX - outer.x) / outer.width, 0, 1), y: clamp((clientY - outer.y) / outer.height, 0, 1) };
  };
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || !(isSelecting || event.altKey || event.shiftKey)) return;
      event.stopPropagation();
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      setStart(at(event));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!start) return;
      const here = at(event);
      const box = {
        x: Math.min(start.x, here.x),
        y: Math.min(start.y, here.y),
        width: Math.abs(here.x - start.x),
        height: Math.abs(here.y - start.y),
      };
      const { width, height } = event.currentTarget.getBoundingClientRect();
      if (band || box.width * width > stillPixels || box.height * height > stillPixels) setBand(box);
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (!start) return;
      setStart(null);
      setBand(null);
      if (!band) return;
      event.currentTarget.addEventListener('click', stop, { capture: true, once: true });
      // No click follows where the button went up outside.
      const element = event.currentTarget;
      requestAnimationFrame(() => element.removeEventListener('click', stop, { capture: true }));
      onDrawn(band);
    },
    onPointerCancel() {
      setStart(null);
      setBand(null);
    },
  };
  return { band, handlers };
}

function stop(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
