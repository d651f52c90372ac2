'use client';

import { useSyncExternalStore } from 'react';
import { formatAge } from './format.ts';

/** One clock for all ages of a page: they turn together, once a second. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The current time, a second exact; null until the browser runs, whose clock it is. */
export function useNow(): number | null {
  return useSyncExternalStore(listen, () => now, () => null);
}

/** How long ago; the exact time in the viewer's zone on hover. */
export function Age({ at }: { at: string }) {
  const current = useNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={current === null ? undefined : date.toLocaleString()} className="tabular-nums">
      {current === null ? '' : formatAge(date, new Date(Math.max(current, date.getTime())))}
    </time>
  );
}
