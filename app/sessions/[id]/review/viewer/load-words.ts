import { z } from 'zod';
import { callApi } from '#app/api-client/call.ts';
import { boxSchema, pageKinds, pageSources } from '#lib/core/pages/page.ts';
import type { PageView } from '#lib/documents/page.ts';

const answer: z.ZodType<{ page: PageView }> = z.object({
  page: z.object({
    page_num: z.number(),
    kind: z.enum(pageKinds),
    width: z.number(),
    height: z.number(),
    source: z.enum(pageSources),
    title: z.string().nullable(),
    text: z.string(),
    words: z.array(boxSchema.extend({ text: z.string(), confidence: z.number().nullable() })),
  }),
});

/** Pages kept in memory, so that searching again fetches nothing. */
const maxCachedPages = 1000;
const kept = new Map<string, Promise<PageView>>();

/** A page as it was read. @throws ApiError 409 while it is not read yet */
export function loadWords(documentId: string, pageNum: number): Promise<PageView> {
  const url = `/api/document/${documentId}/page/${pageNum}/words`;
  const known = kept.get(url);
  if (known) return known;
  const loading = callApi(url, answer).then(({ page }) => page);
  kept.set(url, loading);
  // A page that is not read yet may be soon.
  loading.catch(() => kept.delete(url));
  const [oldest] = kept.keys();
  if (kept.size > maxCachedPages && oldest) kept.delete(oldest);
  return loading;
}
