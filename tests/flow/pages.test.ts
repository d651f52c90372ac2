import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPages } from '#lib/documents/pages.ts';
import { newId } from '#lib/id.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
});
afterAll(async () => {
  await worker.close();
});

const statement = (number: string) => `LOAN ACCOUNT STATEMENT ${newId()}

Account number: ${number}
Opening balance: $1,000.00
Closing balance: $900.00`;

describe('the pages of a session', () => {
  it('come in the order of its documents, with their state, their accounts, and what needs attention on them', async () => {
    await putSchema(worker.context, {
      slug: 'even',
      definition: {
        name: 'Even accounts',
        split: { by: 'Account_Number' },
        fields: {
          type: 'object',
          properties: {
            Account_Number: { type: 'string', pattern: '^[0-9]{7}$', 'x-aliases': ['Account number'] },
            Opening_Balance: { type: 'number', 'x-aliases': ['Opening balance'] },
            Closing_Balance: { type: 'number', 'x-aliases': ['Closing balance'] },
          },
        },
        rules: [
          {
            name: 'even',
            check: 'near(Closing_Balance, Opening_Balance)',
            message: 'The balances differ',
            severity: 'error',
          },
        ],
      },
    });
    const files = [
      await spoolText(worker.context, 'packet.txt', `${statement('1002010')}\f${statement('1002011')}`),
      await spoolText(worker.context, 'one.txt', statement('1002012')),
    ];
    const id = await createSession(worker.context, { files, schema: 'even' });
    const session = await worker.finished(id);
    const pages = await getPages(worker.context, id);
    const [packet, one] = session.documents;
    expect(pages.map(({ document_id, page_num, accounts }) => [document_id, page_num, accounts])).toEqual([
      [packet?.id, 0, [0]],
      [packet?.id, 1, [1]],
      [one?.id, 0, [0]],
    ]);
    expect(pages.map(({ status, source, failure }) => [status, source, failure])).toEqual(
      Array.from({ length: 3 }, () => ['completed', 'text', null]),
    );
    const attention = pages.map(({ needs_attention }) => needs_attention);
    // Both balances of each account are part of the rule that is broken.
    expect(attention).toEqual([2, 2, 2]);
  });

  it('are refused for a session that is not there', async () => {
    await expect(getPages(worker.context, newId())).rejects.toMatchObject({ status: 404 });
    await expect(getPages(worker.context, 'none')).rejects.toMatchObject({ status: 404 });
  });
});
