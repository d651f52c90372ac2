'use client';

import { useCallback, useEffect, useState } from 'react';
import useSWRInfinite from 'swr/infinite';
import type { SessionPage } from '#lib/sessions/list.ts';
import type { SessionSummary } from '#lib/sessions/summary.ts';
import { listenLive } from '../live/event-stream.ts';
import { callApi } from './api.ts';

export interface Filter {
  status: string;
  schema: string;
  q: string;
}

function pathOf({ status, schema, q }: Filter, cursor: string | null): string {
  const query = new URLSearchParams(Object.entries({ status, schema, q, cursor: cursor ?? '' }).filter(([, value]) => value !== ''));
  return `/api/sessions?${query}`;
}

/** Whether a changed session belongs to what is listed; the server decides about schema and text. */
function certainlyMatches(session: SessionSummary, { status, schema, q }: Filter): boolean {
  const isNamed = session.name.toLowerCase().includes(q.toLowerCase());
  return (!status || session.status === status) && (!schema || session.schema.slug === schema) && isNamed;
}

/** The sessions under a filter, page after page, kept current: rows change in place, new ones wait to be shown. */
export function useSessions(filter: Filter, first: SessionPage | undefined) {
  const list = useSWRInfinite<SessionPage>(
    (index, before: SessionPage | null) => {
      if (index > 0 && !before?.next_cursor) return null;
      return pathOf(filter, before?.next_cursor ?? null);
    },
    (path: string) => callApi<SessionPage>(path),
    { ...(first ? { fallbackData: [first] } : {}), revalidateFirstPage: false, revalidateOnFocus: false, keepPreviousData: true },
  );
  const { mutate } = list;
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const reload = useCallback(() => {
    setFresh(new Set());
    void mutate();
  }, [mutate]);

  useEffect(
    () =>
      listenLive((message) => {
        if (message.kind === 'ready') return void mutate();
        if (message.kind === 'offline') return;
        const id = message.kind === 'deleted' ? message.id : message.session.id;
        void mutate((pages) => {
          const isListed = pages?.some((page) => page.sessions.some((one) => one.id === id));
          if (!pages) return pages;
          if (!isListed) {
            if (message.kind === 'session' && certainlyMatches(message.session, filter)) setFresh((ids) => new Set([...ids, id]));
            return pages;
          }
          return pages.map((page) => patchPage(page, message));
        }, { revalidate: false });
      }),
    [mutate, filter],
  );

  const pages = list.data ?? [];
  const seen = new Set<string>();
  const sessions = pages.flatMap((page) => page.sessions).filter(({ id }) => !seen.has(id) && seen.add(id));
  return {
    sessions,
    count: pages[0]?.count,
    hasMore: Boolean(pages.at(-1)?.next_cursor),
    isLoading: list.isLoading && !list.data,
    isLoadingMore: list.isValidating && list.size > pages.length,
    error: list.error as Error | undefined,
    /** How many sessions have come that are not listed yet. */
    waiting: [...fresh].filter((id) => !seen.has(id)).length,
    showMore: () => void list.setSize(list.size + 1),
    reload,
  };
}

function patchPage(page: SessionPage, message: { kind: 'session'; session: SessionSummary } | { kind: 'deleted'; id: string }): SessionPage {
  if (message.kind === 'deleted') return { ...page, sessions: page.sessions.filter(({ id }) => id !== message.id) };
  return { ...page, sessions: page.sessions.map((one) => (one.id === message.session.id ? message.session : one)) };
}
