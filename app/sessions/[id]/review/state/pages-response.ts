import { z } from 'zod';
import { failureReasons } from '#lib/core/failures.ts';
import type { PageState } from '#lib/documents/pages.ts';
import { pageStatuses } from '#lib/core/lifecycle.ts';

/** What `GET /api/sessions/{id}/pages` answers with. */
export const pagesAnswer: z.ZodType<{ pages: PageState[] }> = z.object({
  pages: z.array(
    z.object({
      document_id: z.string(),
      page_num: z.number(),
      status: z.enum(pageStatuses),
      source: z.string().nullable(),
      title: z.string().nullable(),
      accounts: z.array(z.number()),
      needs_attention: z.number(),
      failure: z.object({ reason: z.enum(failureReasons), message: z.string() }).nullable(),
    }),
  ),
});
