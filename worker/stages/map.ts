import { z } from 'zod';
import type { Boundary, Region } from '#lib/core/splitting/types.ts';
import { artifactKey } from '#lib/artifact-keys.ts';
import type { DocumentWork } from '../document/document-work.ts';
import type { ReadDocument } from './read.ts';
import type { Split } from './split.ts';

/** The part of a document that belongs to one record. */
export interface Account {
  accountIndex: number;
  accountNumber: string | null;
  /** 0-based, ascending. */
  pages: number[];
  /** The same before people moved any; none for an account that they made. */
  evidencePages: number[];
  /** Where its pages begin behind those of another account, and why. */
  boundaries: Boundary[];
}

/** One page read for one account. */
export interface PageOfAccount {
  pageNum: number;
  account: Account;
  /** The part of the page that is the account's; null: all of it. */
  region: Region | null;
}

export interface PageMap {
  accounts: Account[];
  /** By page, then account. */
  tasks: PageOfAccount[];
  /** Pages before the first account: every account gets them as context, none gets values from them. */
  contextPages: number[];
}

const mappingSchema = z.object({
  pages: z.array(
    z.object({
      pageNum: z.number(),
      accounts: z.array(
        z.object({ accountIndex: z.number(), region: z.object({ from: z.number(), to: z.number() }).nullable() }),
      ),
    }),
  ),
});
type Mapping = z.output<typeof mappingSchema>;

/** `page_analysis`: which accounts each page is read for, and which part of it. */
export async function mapPages(work: DocumentWork, document: ReadDocument, split: Split): Promise<PageMap> {
  const { claim, report, services } = work;
  report.begin('page_analysis');
  const key = artifactKey('page_mapping', claim, split.hash, 'mapping.json');
  const { value } = await services.cache.remember(key, mappingSchema, async () => mappingOf(document.pageCount, split));
  const accounts = split.accounts.map(({ accountNumber, evidencePages, pages }, accountIndex): Account => {
    const boundaries = split.boundaries.filter((boundary) => boundary.accountIndex === accountIndex);
    return { accountIndex, accountNumber, evidencePages, pages: pages.map((page) => page.pageNum), boundaries };
  });
  const tasks = value.pages.flatMap(({ pageNum, accounts: own }) =>
    own.flatMap(({ accountIndex, region }) => {
      const account = accounts[accountIndex];
      return account ? [{ pageNum, account, region }] : [];
    }),
  );
  report.finish('page_analysis');
  return { accounts, tasks, contextPages: split.contextPages };
}

function mappingOf(pageCount: number, { accounts }: Split): Mapping {
  const pages: Mapping['pages'] = Array.from({ length: pageCount }, (_, pageNum) => ({ pageNum, accounts: [] }));
  for (const [accountIndex, account] of accounts.entries()) {
    for (const { pageNum, region } of account.pages) pages[pageNum]?.accounts.push({ accountIndex, region });
  }
  return { pages };
}
