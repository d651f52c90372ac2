import type { Page } from '#lib/core/pages/page.ts';

const maxNamed = 5;

/** What is said of files inside a file, which are not read; nothing when there are none. */
export function attachmentsNotice(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
  const named = names.slice(0, maxNamed).map((name) => JSON.stringify(name));
  return [`Attached files were not read: ${named.join(', ')}${more}. Upload them on their own.`];
}

/** The page with more sentences about what could not be read, or had to be guessed. */
export function withNotices(page: Page, notices: readonly string[]): Page {
  return notices.length > 0 ? { ...page, notices: [...(page.notices ?? []), ...notices] } : page;
}
