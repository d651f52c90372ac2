import type { RefObject } from 'react';
import type { KeyAction } from '#app/frame/keys.tsx';

/** Moving between rows and acting on the one with the focus. */
export function rowKeys(body: RefObject<HTMLElement | null>): KeyAction[] {
  const links = () => [...(body.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const focusedRow = () => document.activeElement?.closest('tr');
  const move = (step: number) => () => {
    const all = links();
    const at = all.findIndex((link) => link.closest('tr') === focusedRow());
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const press = (verb: string) => () => focusedRow()?.querySelector<HTMLElement>(`[data-row-action=${verb}]`)?.click();
  return [
    { keys: 'j', label: 'Next session', run: move(1) },
    { keys: 'k', label: 'Previous session', run: move(-1) },
    {
      keys: 'Enter',
      label: 'Open it',
      run: () => focusedRow()?.querySelector<HTMLElement>('[data-row-link]')?.click(),
    },
    { keys: 'r', label: 'Retry it', run: press('retry') },
    { keys: 'x', label: 'Cancel it', run: press('cancel') },
  ];
}
