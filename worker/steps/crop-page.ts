import type { Region } from '#lib/core/splitting/types.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { layoutText, readingOrder } from '../readers/layout.ts';

/** What an account's part of a page says, as a page of its own: boxes stay those of the whole page. */
export function cutPage(page: Page, region: Region | null): Page {
  if (!region) return page;
  const within = page.words.filter((word) => {
    const middle = word.y + word.height / 2;
    return region.from <= middle && middle < region.to;
  });
  const { words, text } = readingOrder(within);
  return { ...page, words, text, layout: layoutText(words) };
}
