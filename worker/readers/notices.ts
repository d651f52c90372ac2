import type { Page } from '#lib/core/pages/page.ts';

/** The page with more sentences about what could not be read, or had to be guessed. */
export function withNotices(page: Page, notices: readonly string[]): Page {
  return notices.length > 0 ? { ...page, notices: [...(page.notices ?? []), ...notices] } : page;
}
