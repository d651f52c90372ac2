import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { sessions } from '#lib/db/tables/sessions.ts';
import { changeValue } from '#lib/edits/change-value.ts';
import { editSession } from '#lib/edits/edit-session.ts';
import { getAccountPageData } from '#lib/documents/cached-data.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const statement = (number: string) => `LOAN ACCOUNT STATEMENT ${newId()}

Account number: ${number}
Opening balance: $1,000.00`;
const letter = (name: string) => `A letter about ${name}, enclosed without any number of its own, ${newId()}.`;

let server: ModelServer;
let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  server = await startModelServer({
    answer: ({ pageText }) => {
      const number = /\d{7}/.exec(pageText)?.[0];
      return { answer: number ? { Account_Number: { value: number, quote: number } } : {} };
    },
  });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  context = worker.context;
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

/** Two accounts of three pages each. */
async function newSession() {
  const sheets = [
    statement('1002010'),
    letter('tea'),
    letter('milk'),
    statement('1002011'),
    letter('salt'),
    letter('oil'),
  ];
  const files = [await spoolText(context, 'packet.txt', sheets.join('\f'))];
  const id = await createSession(context, { files, schema: 'loan-accounts' });
  const session = await worker.finished(id);
  return { id, documentId: session.documents[0]?.id ?? '' };
}

const pagesOf = async (id: string) =>
  (await getResults(context, { sessionId: id })).accounts.map(({ account_number, pages }) => [account_number, pages]);

const moveTo = (id: string, documentId: string, pages: number[], accountIndex: number) =>
  editSession(context, {
    id,
    operations: [{ op: 'move_boundary', document_id: documentId, pages, account_index: accountIndex }],
  });

describe('a boundary that a person moves', () => {
  it('asks the model only about the pages concerned, and says who moved it', async () => {
    const { id, documentId } = await newSession();
    expect(await pagesOf(id)).toEqual([
      ['1002010', [0, 1, 2]],
      ['1002011', [3, 4, 5]],
    ]);
    const calls = server.calls.length;
    await moveTo(id, documentId, [2], 1);
    expect(await worker.finished(id)).toMatchObject({ status: 'in_progress', run: 1, partial: false });
    expect(await pagesOf(id)).toEqual([
      ['1002010', [0, 1]],
      ['1002011', [2, 3, 4, 5]],
    ]);
    // The page that moved, and the one that now goes on from it.
    const asked = server.calls.slice(calls).map((call) => call.pageText);
    expect(asked.length).toBe(2);
    expect(asked.some((text) => text.includes('milk'))).toBe(true);
    const { accounts } = await getResults(context, { sessionId: id });
    expect(accounts[1]?.boundaries[0]).toMatchObject({ page_num: 2, certainty: 1 });
    await expect(getAccountPageData(context, { documentId, accountIndex: '0', pageNum: '2' })).rejects.toMatchObject({
      status: 404,
    });
    expect(await getAccountPageData(context, { documentId, accountIndex: '1', pageNum: '2' })).toMatchObject({
      cached: true,
    });
  });

  it('stays where it was put when the session is extracted again, as do the values that people gave', async () => {
    const { id, documentId } = await newSession();
    const [account] = (await getResults(context, { sessionId: id })).accounts;
    const holder = account?.fields.find((field) => field.path === 'Opening_Balance');
    await changeValue(context, { sessionId: id, valueId: holder?.id ?? '', value: 7 });
    await moveTo(id, documentId, [4, 5], 0);
    await worker.finished(id);
    await reextractSession(context, { id, scope: 'all' });
    expect(await worker.finished(id)).toMatchObject({ run: 2, status: 'in_progress' });
    expect(await pagesOf(id)).toEqual([
      ['1002010', [0, 1, 2, 4, 5]],
      ['1002011', [3]],
    ]);
    expect((await getResults(context, { sessionId: id })).accounts[0]?.data).toMatchObject({ Opening_Balance: 7 });
  });

  it('goes back by undo, without a call', async () => {
    const { id, documentId } = await newSession();
    const before = await pagesOf(id);
    const { change_id } = await moveTo(id, documentId, [2], 1);
    await worker.finished(id);
    const calls = server.calls.length;
    await editSession(context, { id, operations: [{ op: 'undo', change_id }] });
    await worker.finished(id);
    expect(await pagesOf(id)).toEqual(before);
    expect(server.calls.length).toBe(calls);
  });

  it('is refused for a page or an account that the document does not have, and while it is processing', async () => {
    const { id, documentId } = await newSession();
    await expect(moveTo(id, documentId, [6], 1)).rejects.toMatchObject({ status: 400, code: 'unknown_page' });
    await expect(moveTo(id, documentId, [2], 2)).rejects.toMatchObject({ status: 400, code: 'unknown_account' });
    await context.db.update(sessions).set({ status: 'processing' }).where(eq(sessions.id, id));
    await expect(moveTo(id, documentId, [1], 1)).rejects.toMatchObject({ status: 409 });
  });

  it('may be moved together with others', async () => {
    const { id, documentId } = await newSession();
    const move = { op: 'move_boundary' as const, document_id: documentId };
    await editSession(context, {
      id,
      operations: [
        { ...move, pages: [1], account_number: '1002012' },
        { ...move, pages: [2], account_index: 1 },
      ],
    });
    await worker.finished(id);
    expect(await pagesOf(id)).toEqual([
      ['1002010', [0]],
      ['1002011', [2, 3, 4, 5]],
      ['1002012', [1]],
    ]);
  });
});
