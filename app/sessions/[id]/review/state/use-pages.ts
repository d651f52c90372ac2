import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import type { PageState } from '#lib/documents/pages.ts';
import type { SessionDetail } from '#lib/sessions/get.ts';
import { pagesAnswer } from './pages-response.ts';

const none: readonly PageState[] = [];

/** The states of a session's pages, asked for again whenever they may have changed. */
export function usePages(session: SessionDetail): readonly PageState[] {
  const { id, run, status, version, accounts, pages_processed, pages_failed, needs_attention } = session;
  const edition = [run, status, version, accounts, pages_processed, pages_failed, needs_attention].join('/');
  const { data } = useSWR([`/api/sessions/${id}/pages`, edition], ([url]) => callApi(url, pagesAnswer), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    keepPreviousData: true,
  });
  return data?.pages ?? none;
}
