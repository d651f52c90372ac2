import { type RefObject, useEffect, useRef } from 'react';

/** A page must have been seen for so long before a key can verify its session. */
const seenMs = 700;
/** A page that cannot be drawn keeps nobody waiting for ever. */
const latestMs = 5000;
/** What a page says, bubbling up, when it is drawn. */
const painted = 'sluice:painted';

/** Says that a page is drawn. */
export function tellPainted(element: Element | null): void {
  element?.dispatchEvent(new CustomEvent(painted, { bubbles: true }));
}

/** Tells whether a person can have seen the page: a key that is still held from the session before means nothing. */
export function useArmed(root: RefObject<HTMLElement | null>): RefObject<boolean> {
  const armed = useRef(false);
  useEffect(() => {
    const element = root.current;
    const arm = () => {
      armed.current = true;
    };
    let timer = setTimeout(arm, latestMs);
    const onPainted = () => {
      if (armed.current) return;
      clearTimeout(timer);
      timer = setTimeout(arm, seenMs);
      element?.removeEventListener(painted, onPainted);
    };
    element?.addEventListener(painted, onPainted);
    return () => {
      clearTimeout(timer);
      element?.removeEventListener(painted, onPainted);
    };
  }, [root]);
  return armed;
}
