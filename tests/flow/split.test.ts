import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accounts as accountRows, pages } from '#lib/db/tables/results.ts';
import { getAccountPageData, getCachedData } from '#lib/documents/cached-data.ts';
import { getBackgroundStatus } from '#lib/documents/get.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const numberOf = (account: number) => `100-20${account + 10}-7`;

/** Statements of two pages each, the second without the number; a cover sheet in front; two accounts share a page. */
function packet(): { text: string; pagesOf: number[][] } {
  const cover = ['LOAN FILE TRANSMITTAL', '', 'Twelve accounts are enclosed.'];
  const sheets: string[][] = [cover];
  const pagesOf: number[][] = [];
  for (let account = 0; account < 12; account++) {
    const statement = [
      'LOAN ACCOUNT STATEMENT',
      '',
      `Account number: ${numberOf(account)}`,
      `Account holder: Holder ${String.fromCharCode(65 + account)}`,
      `Opening balance: $${(1000 + account).toFixed(2)}`,
      '',
      'Payment date    Payment    Running balance',
      `2025-01-03      $100.00    $${(900 + account).toFixed(2)}`,
    ];
    const rest = [
      'Payment date    Payment    Running balance',
      `2025-02-03      $50.00    $${(850 + account).toFixed(2)}`,
    ];
    // The last one begins below the end of the one before it.
    if (account === 11) sheets.at(-1)?.push('', '', ...statement);
    else sheets.push(statement);
    pagesOf.push([sheets.length - 1, sheets.length]);
    sheets.push(rest);
  }
  return { text: sheets.map((sheet) => sheet.join('\n')).join('\f'), pagesOf };
}

let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
});
afterAll(() => worker.close());

describe('a packet of twelve accounts', () => {
  it('gives twelve records, each of its own pages, by every way to ask', async () => {
    const { text, pagesOf } = packet();
    const files = [await spoolText(context, 'packet.txt', text)];
    const id = await createSession(context, { files, schema: 'loan-accounts' });
    const session = await worker.finished(id);
    expect(session).toMatchObject({ status: 'in_progress', partial: false, accounts: 12, pages_total: 24 });
    const document = session.documents[0]?.id ?? '';

    const { accounts } = await getResults(context, { sessionId: id });
    const expected = pagesOf.map((own, account) => ({ account_number: numberOf(account), pages: own }));
    expect(accounts.map(({ account_number, pages }) => ({ account_number, pages }))).toEqual(expected);
    for (const [account, { data }] of accounts.entries()) {
      expect(data).toMatchObject({
        Account_Number: numberOf(account),
        Account_Holders: [`Holder ${String.fromCharCode(65 + account)}`],
        Opening_Balance: 1000 + account,
        Payments: [{ Amount: 100 }, { Amount: 50 }],
      });
    }

    const status = await getBackgroundStatus(context, document);
    expect(status).toMatchObject({ stage: 'completed', pages_processed: 24, accounts: expected });

    const shared = pagesOf[10]?.at(-1) ?? 0;
    expect(await getCachedData(context, { documentId: document, pageNum: String(shared) })).toMatchObject({
      cached: true,
      account_number: numberOf(10),
      accounts: [{ account_index: 10 }, { account_index: 11 }],
    });
    expect(
      await getAccountPageData(context, { documentId: document, accountIndex: '11', pageNum: String(shared) }),
    ).toMatchObject({
      data: { Account_Number: numberOf(11), Payments: [{ Amount: 100 }] },
    });
    await expect(
      getAccountPageData(context, { documentId: document, accountIndex: '3', pageNum: String(shared) }),
    ).rejects.toMatchObject({
      code: 'not_of_account',
    });
    const kept = await context.db.select().from(accountRows).where(eq(accountRows.documentId, document));
    expect(kept.every(({ boundaries }) => boundaries?.[0]?.reasons.for[0]?.includes('is at its label'))).toBe(true);
    const ledger = await context.db.select().from(pages).where(eq(pages.documentId, document));
    expect(ledger.filter((page) => page.status === 'skipped')).toMatchObject([{ pageNum: 0 }]);
  });
});
