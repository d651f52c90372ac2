import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimDocument } from '#lib/documents/claim.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { getResults } from '#lib/results/get.ts';
import { saveResult } from '#lib/results/save.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText, type TestContext, testContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

test('more accounts than fit in the parameters of one statement are all written', async () => {
  const files = [await spoolText(context, 'a.txt', 'text')];
  const sessionId = await createSession(context, { files, schema: 'loan-accounts' });
  const [job] = await context.queue.claim(1);
  const claim = job && (await claimDocument(context, job));
  if (!claim) throw new Error('not claimed');
  const accounts = Array.from({ length: 11_000 }, (_, accountIndex) => ({
    accountIndex,
    accountNumber: `${accountIndex}`,
    evidencePages: [0],
    pages: [0],
    boundaries: [],
    rows: [],
  }));
  const definition = parseDefinition(claim.definition);
  await context.db.transaction((tx) => saveResult(tx, claim, { definition, accounts, notice: null }));
  const saved = (await getResults(context, { sessionId })).accounts;
  expect(saved.map((account) => account.account_number)).toEqual(accounts.map(({ accountNumber }) => accountNumber));
});
