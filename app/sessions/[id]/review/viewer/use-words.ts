import type { PageView } from '#lib/core/contract/documents.ts';
import useSWR from 'swr';
import { ApiError } from '#app/api-client/call.ts';
import { loadWords } from './load-words.ts';

/** The words of a page; `edition` changes when it may have been read again. null while there are none. */
export function useWords(documentId: string, pageNum: number, edition: string): PageView | null {
  const { data } = useSWR(['words', documentId, pageNum, edition], () => loadWords(documentId, pageNum), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    revalidateIfStale: false,
    // What is not read yet may be in a while; what cannot be read will not.
    shouldRetryOnError: (error) => error instanceof ApiError && error.status !== 404,
  });
  return data ?? null;
}
