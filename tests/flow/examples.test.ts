import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lessonsDue } from '#lib/db/tables/layouts.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { verifySession } from '#lib/sessions/verify.ts';
import { spoolText, type TestContext, until } from '#tests/support/context.ts';
import { goldAnswer, type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let server: ModelServer;
let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  server = await startModelServer({
    answer: (call) => {
      const reference = /Reference: (\S+)/.exec(call.pageText)?.[1] ?? '';
      return { answer: goldAnswer({ reference }, call.pageText, String) };
    },
  });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  context = worker.context;
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

const pageOf = (reference: string) =>
  `Order form of the Northmouth ferry\nReference: ${reference}\nThis form is handed in at the counter\nKeep the lower part\n`;

async function read(schema: string, reference: string): Promise<string> {
  const files = [await spoolText(context, `${reference}.txt`, pageOf(reference))];
  const id = await createSession(context, { files, schema });
  await worker.finished(id);
  return id;
}

async function verify(id: string): Promise<void> {
  await verifySession(context, { id, reason: 'as it is' });
  await until(
    () => context.db.$count(lessonsDue, eq(lessonsDue.sessionId, id)),
    (due) => due === 0,
  );
}

const definition = { name: 'Order', fields: { type: 'object', properties: { reference: { type: 'string' } } } };
const lastPrompt = () =>
  server.calls
    .at(-1)
    ?.messages.map(({ content }) => content)
    .join('\n') ?? '';

describe('a model', () => {
  it('is shown at most two verified pages of the layout, and the same file costs nothing again', async () => {
    await putSchema(context, { slug: 'ferry', definition });
    await read('ferry', 'R-1').then(verify);
    expect(lastPrompt()).not.toContain('EXAMPLE');
    await read('ferry', 'R-2').then(verify);
    expect(lastPrompt()).toMatch(/EXAMPLE[^]*R-1[^]*ANSWER[^]*R-1[^]*PAGE/);
    await read('ferry', 'R-3').then(verify);
    const id = await read('ferry', 'R-4');
    expect(lastPrompt().match(/<<<EXAMPLE/g)).toHaveLength(2);
    const { accounts } = await getResults(context, { sessionId: id });
    const signals = accounts[0]?.fields[0]?.signals.map(({ detail }) => detail);
    expect(signals).toContain('as in 3 verified documents');

    const calls = server.calls.length;
    const again = await read('ferry', 'R-1');
    expect(await getSession(context, again)).toMatchObject({ status: 'in_progress' });
    expect(server.calls.length - calls).toBeLessThanOrEqual(1);
  });

  it('is shown none where the schema says so', async () => {
    await putSchema(context, { slug: 'plain', definition: { ...definition, examples: false } });
    await read('plain', 'P-1').then(verify);
    await read('plain', 'P-2');
    expect(lastPrompt()).toContain('P-2');
    expect(lastPrompt()).not.toContain('EXAMPLE');
  });
});
