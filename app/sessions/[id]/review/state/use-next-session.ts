'use client';

import { sessionPage } from '#lib/core/contract/sessions.ts';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';

/** The session to review after this one: the newest other that is ready. Fetched ahead, so that it opens at once. */
export function useNextSession(sessionId: string): { open: () => void } {
  const router = useRouter();
  const url = '/api/sessions?status=in_progress&limit=20';
  const { data, mutate } = useSWR(url, () => callApi(url, sessionPage), { revalidateOnFocus: false });
  const ready = data?.sessions.filter((session) => session.id !== sessionId) ?? [];
  const older = ready.find((session) => session.id < sessionId) ?? ready[0];
  const href = older ? `/sessions/${older.id}` : '/sessions';
  useEffect(() => router.prefetch(href), [router, href]);
  return {
    open: () => {
      void mutate();
      router.push(href);
    },
  };
}
