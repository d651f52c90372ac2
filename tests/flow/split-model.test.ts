import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

const statement = (number: string, holder: string) => `LOAN ACCOUNT STATEMENT

Account number: ${number}
Account holder: ${holder}
Opening balance: $1,000.00`;
const rows = 'Payment date    Payment    Running balance\n2025-01-03      $100.00    $900.00';
const packet = [
  'TRANSMITTAL OF THE HARBOR BANK',
  statement('1002010', 'Anna'),
  `${rows}\n\n\n${statement('1002011', 'Bernard')}`,
].join('\f');

let server: ModelServer;
let context: TestContext;
let worker: Worker;
beforeAll(async () => {
  server = await startModelServer({ answer: () => ({ answer: {} }) });
  context = await testContext({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  worker = await startWorker(context, () => {});
});
afterAll(async () => {
  await worker.stop(0);
  await context.close();
  await server.close();
});

describe('a model that reads a split document', () => {
  it('gets each account’s part of a page alone, and the pages of no account as context', async () => {
    const files = [await spoolText(context, 'packet.txt', packet)];
    const id = await createSession(context, { files, schema: 'loan-accounts' });
    await until(
      () => getSession(context, id),
      ({ status }) => status !== 'processing',
    );
    const pageTexts = new Set(server.calls.map((call) => call.pageText));
    expect(pageTexts.size).toBe(3);
    for (const text of pageTexts) {
      expect(text).not.toContain('TRANSMITTAL');
      expect(text.includes('1002011') && text.includes('$900.00')).toBe(false);
    }
    const firstPages = server.calls.filter((call) => call.pageText.includes('LOAN ACCOUNT STATEMENT'));
    expect(firstPages.length).toBeGreaterThanOrEqual(2);
    for (const { messages } of firstPages) {
      expect(messages.map(({ content }) => content).join('\n')).toContain('TRANSMITTAL OF THE HARBOR BANK');
    }
  });
});
