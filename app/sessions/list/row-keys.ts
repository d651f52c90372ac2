import type { KeyAction } from '#app/frame/keys.tsx';

const rowsOf = () => [...document.querySelectorAll<HTMLElement>('[data-session-rows] tr')];
const focusedRow = () => document.activeElement?.closest('tr') ?? null;

function move(step: number): void {
  const rows = rowsOf();
  const at = rows.findIndex((row) => row === focusedRow());
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.querySelector<HTMLElement>('[data-row-link]')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function press(control: string): void {
  focusedRow()?.querySelector<HTMLElement>(control)?.click();
}

/** Moving between rows and acting on the one with the focus. */
export const rowKeys: readonly KeyAction[] = [
  { keys: 'j', label: 'Next session', run: () => move(1) },
  { keys: 'k', label: 'Previous session', run: () => move(-1) },
  { keys: 'Enter', label: 'Open it' },
  { keys: 'r', label: 'Retry it', run: () => press('[data-row-action=retry]') },
  { keys: 'x', label: 'Cancel it', run: () => press('[data-row-action=cancel]') },
];
