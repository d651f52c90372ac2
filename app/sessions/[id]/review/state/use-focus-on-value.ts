import { type RefObject, useEffect, useEffectEvent } from 'react';
import { isBusy } from '#app/shell/keys.tsx';

/**
 * The focus belongs to the value: after a click anywhere else it returns, and so it does when what had it is gone. Gives
 * what to call when a pointer is let go.
 */
export function useFocusOnValue(
  root: RefObject<HTMLElement | null>,
  focusedId: string | null,
  isEditing: boolean,
): () => void {
  const giveBack = useEffectEvent(() => {
    const { activeElement } = document;
    if (isEditing || focusedId === null || (activeElement && isBusy(activeElement))) return;
    // A dialog or a menu that the click opened has the focus now.
    if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu],[role=listbox]')) return;
    root.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(focusedId)}"]`)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    // A key that nobody has would be lost: it is the value's.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target !== document.body || event.metaKey || event.ctrlKey || event.altKey) return;
      giveBack();
      const value = document.activeElement;
      if (value === document.body || !value) return;
      event.stopPropagation();
      if (!value.dispatchEvent(new KeyboardEvent('keydown', event))) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  // oxlint-disable-next-line react/rules-of-hooks -- called by an event of the screen, after the click did its work
  return () => setTimeout(giveBack, 0);
}
