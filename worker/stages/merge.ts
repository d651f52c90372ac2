import type { AccountResult } from '#lib/results/account-result.ts';
import { documentLimitMs } from '../compute/limits.ts';
import { unpackListInTurns } from '../steps/packed.ts';
import { runStep } from '../document/document-work.ts';
import type { PlannedWork } from './plan.ts';
import type { PageOutcome } from './extract.ts';
import { compareInvoices } from './compare-invoice.ts';
import type { PageMap } from './map.ts';
import type { ReadDocument } from './read.ts';

/** Joins page results into one record per account and checks it against the schema's rules. */
export async function mergeAccounts(
  work: PlannedWork,
  document: ReadDocument,
  map: PageMap,
  outcomes: readonly PageOutcome[],
): Promise<AccountResult[]> {
  const { definition, history } = work.plan;
  const byAccount = Map.groupBy(outcomes, (outcome) => outcome.account.accountIndex);
  const results: AccountResult[] = [];
  for (const account of map.accounts) {
    const own = await compareInvoices(work, document, byAccount.get(account.accountIndex) ?? []);
    const shortfalls = own.flatMap((outcome) => outcome.shortfalls);
    const pages = own.map(({ leaves }) => leaves);
    const input = { definition, accountNumber: account.accountNumber, pages, shortfalls, history };
    const rows = await unpackListInTurns(await runStep(work, 'mergeAccount', input, documentLimitMs(pages.length)));
    results.push({ ...account, rows });
  }
  return results;
}
