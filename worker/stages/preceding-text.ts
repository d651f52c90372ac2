import type { Page } from '#lib/core/pages/page.ts';
import type { Region } from '#lib/core/splitting/types.ts';
import { pageLimitMs } from '../compute/limits.ts';
import { type DocumentWork, runStep } from '../document/document-work.ts';
import type { PageMap, PageOfAccount } from './map.ts';
import type { ReadDocument } from './read.ts';

/** Lines of the page before that an engine gets, for a table or sentence that continues. */
const tailLines = 5;
/** Of the pages before the first account an engine gets at most so much. */
const contextPages = 3;
const contextCharacters = 2000;

/** The end of the account's page before; before an account's first page, the pages that no account owns. */
export async function textBefore(
  work: DocumentWork,
  document: ReadDocument,
  map: PageMap,
  task: PageOfAccount,
): Promise<string | null> {
  const before = map.tasks.find((other) => other.account === task.account && other.pageNum === task.pageNum - 1);
  if (before) return tailOf(await partOfPage(work, await document.page(before.pageNum), before.region));
  if (task.pageNum !== task.account.pages[0] || map.contextPages.length === 0) return null;
  const context: string[] = [];
  for (const pageNum of map.contextPages.slice(0, contextPages))
    context.push((await document.page(pageNum)).layout.trim());
  return context.join('\n').slice(0, contextCharacters);
}

/** What belongs to an account of a page. */
export async function partOfPage(work: DocumentWork, page: Page, region: Region | null): Promise<Page> {
  return region ? runStep(work, 'cutPage', { page, region }, pageLimitMs) : page;
}

function tailOf(page: Page): string {
  return page.layout.trimEnd().split('\n').slice(-tailLines).join('\n');
}
