import type { Account } from './split.ts';
import type { ReadDocument } from './read.ts';
import type { Work } from '../work.ts';

/** One page read for one account. */
export interface PageOfAccount {
  pageNum: number;
  account: Account;
}

export interface PageMap {
  accounts: Account[];
  /** By page, then account. */
  tasks: PageOfAccount[];
}

/** `page_analysis`: which account each page is read for. */
export async function mapPages({ report }: Work, _document: ReadDocument, accounts: Account[]): Promise<PageMap> {
  report.begin('page_analysis');
  const tasks = accounts
    .flatMap((account) => account.pages.map((pageNum) => ({ pageNum, account })))
    .toSorted((a, b) => a.pageNum - b.pageNum || a.account.accountIndex - b.account.accountIndex);
  report.finish('page_analysis');
  return { accounts, tasks };
}
