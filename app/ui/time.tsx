'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { duration, relativeTime } from './format.ts';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on the screen. */
function onSecond(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The text of a time that passes: again each second, rendered only when it changes. */
function useClock(read: () => string): string {
  return useSyncExternalStore(onSecond, read, read);
}

/** How long ago, with the exact time on hover. `iso` is ISO 8601. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  const then = Date.parse(iso);
  const text = useClock(() => relativeTime(then, Date.now()));
  const exact = useExact(iso);
  return (
    <time dateTime={iso} title={exact} className={className} suppressHydrationWarning>
      {text}
    </time>
  );
}

/** Time from `since` until `until`, or until now while that is null. */
export function Elapsed({ since, until, className }: { since: string; until: string | null; className?: string }) {
  const start = Date.parse(since);
  const text = useClock(() => duration(Math.max(0, (until ? Date.parse(until) : Date.now()) - start)));
  return (
    <span className={className} suppressHydrationWarning>
      {text}
    </span>
  );
}

/** A time of day such as `14:32`, in the reader's own zone. */
export function ClockTime({ iso }: { iso: string }) {
  const [text, setText] = useState('');
  useEffect(() => setText(new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })), [iso]);
  return <time dateTime={iso}>{text}</time>;
}

/** Known in the browser only: the server knows neither zone nor language. */
function useExact(iso: string): string | undefined {
  const [exact, setExact] = useState<string>();
  useEffect(() => setExact(new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' })), [iso]);
  return exact;
}
