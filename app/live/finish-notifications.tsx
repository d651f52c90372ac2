'use client';

import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { counted } from '#app/ui/format.ts';
import { sessionLabels } from '#app/labels/sessions.ts';
import { isWanted } from './notification-setting.ts';
import { useLive } from './live-provider.tsx';

/** Sessions that end within this time are told together. */
const togetherMs = 1500;
/** More are told by their number. */
const maxNamed = 3;

/** Tells of sessions that were processed and are not any more, while no one looks at this page. */
export function FinishNotices() {
  const router = useRouter();
  const running = useRef(new Set<string>());
  const ended = useRef<SessionSummary[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = () => {
    timer.current = undefined;
    const sessions = ended.current.splice(0);
    if (sessions.length === 0 || !document.hidden || !isWanted()) return;
    const [only] = sessions;
    const isOne = sessions.length === 1 && only;
    const title = isOne ? only.name : counted(sessions.length, 'session');
    const body = isOne
      ? (only.failure?.message ?? `${sessionLabels[only.status]}: ready for review`)
      : sessions
          .map(({ name }) => name)
          .slice(0, maxNamed)
          .join(', ');
    // Every tab tells it under one name: the browser shows it once.
    show(title, { body, tag: sessions.map(({ id }) => id).join(), icon: '/icon.svg' })?.addEventListener(
      'click',
      () => {
        window.focus();
        router.push(isOne ? `/sessions/${only.id}` : '/sessions');
      },
    );
  };

  useLive((event) => {
    if (event.kind !== 'session') return;
    const { session } = event;
    if (session.status === 'processing') running.current.add(session.id);
    else if (running.current.delete(session.id) && session.status !== 'cancelled') {
      ended.current.push(session);
      timer.current ??= setTimeout(tell, togetherMs);
    }
  });
  return null;
}

/** null where a browser shows notices only from a service worker, as on phones. */
function show(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options);
  } catch (error) {
    console.warn('This browser shows no notifications from a page', error);
    return null;
  }
}
