'use client';

import { type Results, resultsResponse } from '#lib/core/contract/results.ts';
import { type SessionDetail, type SessionSummary, sessionResponse } from '#lib/core/contract/sessions.ts';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { useLive } from '#app/live/live-provider.tsx';

/** Events come several times a second while pages are read; its documents are looked at this often. */
const lookAgainMs = 400;
const options = { revalidateOnFocus: false, revalidateOnReconnect: false, revalidateIfStale: false };

/** A session with its documents and values, current by events. */
export function useSession(firstSession: SessionDetail, firstResults: Results) {
  const router = useRouter();
  const url = `/api/sessions/${firstSession.id}`;
  const detail = useSWR(url, async () => (await callApi(url, sessionResponse)).session, {
    ...options,
    fallbackData: firstSession,
  });
  const session = detail.data ?? firstSession;
  const results = useSWR(`${url}/results`, (address) => callApi(address, resultsResponse), {
    ...options,
    fallbackData: firstResults,
  });
  const current = results.data ?? firstResults;

  // Values change when documents end and when people edit, not with every page. An edit of this window is here already.
  const edition = editionOf(session);
  const seen = useRef(edition);
  const isKnown = session.version <= current.version && session.run === current.run;
  const { mutate } = results;
  useEffect(() => {
    if (seen.current === edition && isKnown) return;
    seen.current = edition;
    void mutate();
  }, [edition, isKnown, mutate]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const put = (summary: SessionSummary) => {
    void detail.mutate((now) => ({ ...(now ?? session), ...summary }), { revalidate: false });
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void detail.mutate();
    }, lookAgainMs);
  };

  useLive((event) => {
    if (event.kind === 'ready') void detail.mutate();
    if (event.kind === 'session' && event.session.id === session.id) put(event.session);
    if (event.kind === 'deleted' && event.id === session.id) {
      toast('This session was deleted.');
      router.push('/sessions');
    }
  });

  const putResults = (change: (now: Results) => Results) =>
    void mutate((now) => change(now ?? firstResults), { revalidate: false });
  const reload = () => void Promise.all([detail.mutate(), mutate()]);
  return { session, results: current, error: detail.error ?? results.error, put, putResults, reload };
}

function editionOf({ run, status, accounts, documents_done }: SessionSummary): string {
  return [run, status, accounts, documents_done].join('/');
}
