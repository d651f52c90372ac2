import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';

const stillPixels = 4;

/** Drags the content of a scrolled element with the mouse; the click that ends a drag is none. Touch scrolls by itself. */
export function usePan(scroller: RefObject<HTMLDivElement | null>) {
  const drag = useRef<{ x: number; y: number; left: number; top: number; isMoving: boolean } | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const element = scroller.current;
      if (!element || event.pointerType !== 'mouse' || ![0, 1].includes(event.button)) return;
      // The scroll bars are not the content.
      const { left, top } = element.getBoundingClientRect();
      if (event.clientX - left > element.clientWidth || event.clientY - top > element.clientHeight) return;
      drag.current = {
        x: event.clientX,
        y: event.clientY,
        left: element.scrollLeft,
        top: element.scrollTop,
        isMoving: false,
      };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const [element, now] = [scroller.current, drag.current];
      if (!element || !now) return;
      const [x, y] = [event.clientX - now.x, event.clientY - now.y];
      if (!now.isMoving && Math.hypot(x, y) < stillPixels) return;
      if (!now.isMoving) event.currentTarget.setPointerCapture(event.pointerId);
      now.isMoving = true;
      element.scrollTo({ left: now.left - x, top: now.top - y, behavior: 'instant' });
    },
    onPointerUp() {
      const wasMoving = drag.current?.isMoving ?? false;
      drag.current = null;
      const element = scroller.current;
      if (!wasMoving || !element) return;
      element.addEventListener('click', stop, { capture: true, once: true });
      requestAnimationFrame(() => element.removeEventListener('click', stop, { capture: true }));
    },
    onPointerCancel() {
      drag.current = null;
    },
  };
}

function stop(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

/** Zooms with the wheel and Ctrl or ⌘, about the pointer; `onZoom` gets a factor and a point of the element. */
export function useWheelZoom(
  scroller: RefObject<HTMLDivElement | null>,
  onZoom: (by: number, left: number, top: number) => void,
): void {
  const act = useRef(onZoom);
  useEffect(() => {
    act.current = onZoom;
  });
  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!element || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const outer = element.getBoundingClientRect();
      const by = Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240);
      act.current(by, event.clientX - outer.x, event.clientY - outer.y);
    };
    // React's own listener may not stop the browser's zoom.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller]);
}
