import type { Page } from '#lib/core/pages/page.ts';
import { linesOf } from '#worker/readers/blocks.ts';
import { textPage as pageOf } from '#worker/readers/text-page.ts';

/** A page with these lines of text. */
export function textPage(pageNum: number, lines: readonly string[], title: string | null = null): Page {
  return pageOf(pageNum, linesOf(lines), title);
}
