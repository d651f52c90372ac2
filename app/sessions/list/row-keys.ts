import type { KeyAction } from '#app/shell/keys.tsx';

const rowsOf = () => [...document.querySelectorAll<HTMLElement>('[data-session-row]')];
const focusedRow = () => document.activeElement?.closest('[data-session-row]') ?? null;

function move(step: number, isSelecting = false): void {
  const rows = rowsOf();
  const at = rows.findIndex((row) => row === focusedRow());
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  if (isSelecting && at >= 0 && !isSelected(rows[at])) select(rows[at], false);
  next?.querySelector<HTMLElement>('[data-row-link]')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  if (isSelecting) select(next, true);
}

function isSelected(row: Element | null | undefined): boolean {
  return row?.querySelector<HTMLInputElement>('[data-row-select]')?.checked ?? false;
}

function select(row: Element | null | undefined, isRange: boolean): void {
  const box = row?.querySelector<HTMLInputElement>('[data-row-select]');
  box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: isRange }));
}

function press(control: string): void {
  focusedRow()?.querySelector<HTMLElement>(control)?.click();
}

/** Moving between rows and acting on the one with the focus. */
export const rowKeys: readonly KeyAction[] = [
  { keys: 'j', repeats: true, label: 'Next session', run: () => move(1) },
  { keys: 'k', repeats: true, label: 'Previous session', run: () => move(-1) },
  { keys: 'Enter', label: 'Open it' },
  { keys: 'e', label: 'Show or hide its details', run: () => press('[data-row-details]') },
  { keys: 'x', label: 'Select it', run: () => select(focusedRow(), false) },
  { keys: 'J', repeats: true, label: 'Select down to the next', run: () => move(1, true) },
  { keys: 'K', repeats: true, label: 'Select up to the previous', run: () => move(-1, true) },
  { keys: 'r', label: 'Retry it', run: () => press('[data-row-action=retry]') },
  { keys: 'c', label: 'Cancel it', run: () => press('[data-row-action=cancel]') },
];
