'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import useSWR from 'swr';
import { callApi } from '#app/live/call-api.ts';
import { useLive } from '#app/live/live-provider.tsx';
import type { Results } from '#lib/results/get.ts';
import type { SessionDetail } from '#lib/sessions/get.ts';
import type { SessionSummary } from '#lib/sessions/summary.ts';
import { detailAnswer, resultsAnswer } from '../wire.ts';

/** Events come several times a second while pages are read; its documents are looked at this often. */
const lookAgainMs = 400;

/** A session with its documents and values, current by events. */
export function useSession(firstSession: SessionDetail, firstResults: Results) {
  const router = useRouter();
  const url = `/api/sessions/${firstSession.id}`;
  const options = { revalidateOnFocus: false, revalidateOnReconnect: false, keepPreviousData: true };
  const detail = useSWR(url, async () => (await callApi(url, detailAnswer)).session, {
    ...options,
    fallbackData: firstSession,
  });
  const session = detail.data ?? firstSession;

  // Values change when documents end, not with every page.
  const edition = editionOf(session);
  const results = useSWR([`${url}/results`, edition], ([address]) => callApi(address, resultsAnswer), {
    ...options,
    ...(edition === editionOf(firstSession) ? { fallbackData: firstResults } : {}),
  });

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const put = (summary: SessionSummary) => {
    void detail.mutate((current) => ({ ...(current ?? session), ...summary }), { revalidate: false });
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

  return { session, results: results.data ?? firstResults, error: detail.error ?? results.error, put };
}

function editionOf({ run, status, accounts, documents_done, needs_attention }: SessionSummary): string {
  return [run, status, accounts, documents_done, needs_attention].join('/');
}
