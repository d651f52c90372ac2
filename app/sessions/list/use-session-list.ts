'use client';

import { type SessionFilter, type SessionPage, type SessionSummary, sessionPage } from '#lib/core/contract/sessions.ts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import useSWRInfinite from 'swr/infinite';
import type { LiveEvent } from '#app/live/live-event.ts';
import { useLive } from '#app/live/live-provider.tsx';
import { callApi } from '#app/api-client/call.ts';
import { listUrl, matches } from './filter.ts';
import { includes, isNew, keepOnly, place } from './live-pages.ts';

export interface FirstPage {
  url: string;
  page: SessionPage;
}

/**
 * The sessions under a filter, current by events. While `isHeld` (someone points at a row, or has scrolled) no row comes
 * or goes: new ones are counted in `waiting`.
 */
export function useSessionList(filter: SessionFilter, first: FirstPage, isHeld: boolean) {
  const url = listUrl(filter);
  // Of another filter they mean nothing.
  const [held, setHeld] = useState<{ url: string; sessions: readonly SessionSummary[] }>({ url, sessions: [] });
  const waiting = held.url === url ? held.sessions : [];
  // Several events come between two renderings: each adds to what the one before left.
  const changeWaiting = (change: (sessions: readonly SessionSummary[]) => readonly SessionSummary[]) =>
    setHeld((current) => ({ url, sessions: change(current.url === url ? current.sessions : []) }));
  const { data, error, size, setSize, mutate, isValidating } = useSWRInfinite(
    (_index, previous: SessionPage | null) => {
      if (previous && !previous.next_cursor) return null;
      return listUrl(filter, previous?.next_cursor);
    },
    (pageUrl: string) => callApi(pageUrl, sessionPage),
    {
      ...(url === first.url ? { fallbackData: [first.page] } : {}),
      keepPreviousData: true,
      revalidateFirstPage: false,
      revalidateOnFocus: false,
      revalidateOnReconnect: false,
    },
  );
  const pages = data ?? [];

  // SWR drops the answer of a request during which its data is changed: it is asked again then.
  const patch = (change: (pages: SessionPage[]) => SessionPage[]) =>
    void mutate((current) => change(current ?? pages), { revalidate: isValidating });

  const put = (session: SessionSummary) => {
    const fits = (isShown: boolean) => matches(filter, session, isShown);
    if (!isHeld || includes(pages, session.id)) {
      // What is drawn may be older than the pages: of two events in a row, the second finds the row that the first one made.
      patch((current) => place(current, session, { fits, isHeld }));
      return;
    }
    const isShown = fits(false) && isNew(pages, session);
    changeWaiting((current) => {
      const others = current.filter(({ id }) => id !== session.id);
      return isShown ? [session, ...others] : others;
    });
  };

  const release = () => {
    const fits = () => true;
    patch((current) => {
      const oldestFirst = waiting.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const whole = oldestFirst.reduce((sofar, session) => place(sofar, session, { fits, isHeld: false }), current);
      return keepOnly(whole, (session) => matches(filter, session, true));
    });
    changeWaiting(() => []);
  };

  useLive((event: LiveEvent) => {
    if (event.kind === 'session') put(event.session);
    if (event.kind === 'deleted') patch((current) => keepOnly(current, ({ id }) => id !== event.id));
    if (event.kind === 'ready') void mutate();
  });

  // What the server gave with the screen may be as old as the browser's history.
  const lookAnew = useEffectEvent(() => void mutate());
  useEffect(() => lookAnew(), []);
  const releaseNow = useEffectEvent(release);
  const wasHeld = useRef(false);
  useEffect(() => {
    if (!isHeld && wasHeld.current) releaseNow();
    wasHeld.current = isHeld;
  }, [isHeld]);

  return {
    pages,
    rows: pages.flatMap((page) => page.sessions),
    count: pages[0]?.count ?? null,
    hasMore: Boolean(pages.at(-1)?.next_cursor),
    isLoadingMore: isValidating && size > pages.length,
    loadMore: () => void setSize(size + 1),
    waiting: waiting.filter(({ id }) => !includes(pages, id)),
    error,
    put,
    release,
    reload: () => void mutate(),
  };
}
