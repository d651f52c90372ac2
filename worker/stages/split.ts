import type { ReadDocument } from './read.ts';
import type { Work } from '../work.ts';

/** The part of a document that belongs to one record. */
export interface Account {
  accountIndex: number;
  accountNumber: string | null;
  /** 0-based, ascending. */
  pages: number[];
}

/** `account_splitting`: without a `split` in the schema, one account is the whole document. */
export async function splitAccounts({ report }: Work, document: ReadDocument): Promise<Account[]> {
  report.begin('account_splitting');
  const pages = Array.from({ length: document.pageCount }, (_, pageNum) => pageNum);
  report.finish('account_splitting');
  return [{ accountIndex: 0, accountNumber: null, pages }];
}
