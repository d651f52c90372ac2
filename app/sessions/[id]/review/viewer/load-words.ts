import { type PageView, pageResponse } from '#lib/core/contract/documents.ts';
import { callApi } from '#app/api-client/call.ts';

/** Pages kept in memory, so that searching again fetches nothing. */
const maxCachedPages = 1000;
const kept = new Map<string, Promise<PageView>>();

/** A page as it was read. @throws ApiError 409 while it is not read yet */
export function loadWords(documentId: string, pageNum: number): Promise<PageView> {
  const url = `/api/document/${documentId}/page/${pageNum}/words`;
  const known = kept.get(url);
  if (known) return known;
  const loading = callApi(url, pageResponse).then(({ page }) => page);
  kept.set(url, loading);
  // A page that is not read yet may be soon.
  loading.catch(() => kept.delete(url));
  const [oldest] = kept.keys();
  if (kept.size > maxCachedPages && oldest) kept.delete(oldest);
  return loading;
}
