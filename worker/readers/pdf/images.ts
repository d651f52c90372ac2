import type { Page } from '#lib/core/pages/page.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { withNotices } from '../notices.ts';

/**
 * A page on which a picture is missing, with a notice that says so.
 * @throws DocumentError `corrupt_file` when nothing else is on it: it is not blank
 */
export function withoutPicture(page: Page): Page {
  const number = page.pageNum + 1;
  if (page.words.length > 0) {
    return withNotices(page, [
      `A picture on page ${number} is damaged or missing and cannot be drawn: what it shows was not read.`,
    ]);
  }
  throw new DocumentError(
    'corrupt_file',
    `Page ${number} is damaged: what is on it cannot be drawn. Scan it again, or export the file again.`,
  );
}
