import { type PageState, type SessionDetail, pagesResponse } from '#lib/core/contract/sessions.ts';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';

const none: readonly PageState[] = [];

/** The states of a session's pages, asked for again whenever they may have changed. */
export function usePages(session: SessionDetail): readonly PageState[] {
  const { id, run, status, version, accounts, pages_processed, pages_failed, needs_attention } = session;
  const edition = [run, status, version, accounts, pages_processed, pages_failed, needs_attention].join('/');
  const { data } = useSWR([`/api/sessions/${id}/pages`, edition], ([url]) => callApi(url, pagesResponse), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    keepPreviousData: true,
  });
  return data?.pages ?? none;
}
