import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { usage } from '#lib/db/tables/installation.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { type ModelCall, type ModelServer, type Reply, startModelServer } from '#tests/support/model-server.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

let server: ModelServer;
let context: TestContext;
let workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop(0)));
  workers = [];
  await context.close();
  await server.close();
});

async function start(answer: (call: ModelCall) => Reply, settings: Record<string, string> = {}): Promise<void> {
  server = await startModelServer({ answer });
  context = await testContext({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model', ...settings });
  const row = { type: 'object', properties: { ref: { type: 'string' }, amount: { type: 'number' } } };
  const properties = { rows: { type: 'array', items: row } };
  await putSchema(context, { slug: 'rows', definition: { name: 'Rows', fields: { type: 'object', properties } } });
}

async function startOneMoreWorker(): Promise<void> {
  workers.push(await startWorker(context, () => {}));
}

async function upload(name: string, pages: readonly string[]): Promise<string> {
  const files = [await spoolText(context, name, pages.join('\f'))];
  return createSession(context, { files, schema: 'rows' });
}

const seen = (id: string, holds: (session: SessionDetail) => boolean) => until(() => getSession(context, id), holds);

const count = 80;
const pages = Array.from({ length: count }, (_, page) => `Page of rows\nR-${1000 + page}   ${page}.50`);
const pageOf = (text: string) => Number(/R-(\d+)/.exec(text)?.[1]) - 1000;
const gold = (page: number) => ({
  rows: [
    {
      ref: { quote: `R-${1000 + page}`, value: `R-${1000 + page}` },
      amount: { quote: `${page}.50`, value: page + 0.5 },
    },
  ],
});

/** What is wrong with the first answer for a page, for 10 % and 5 % of them. */
function faultOf(page: number): Reply | null {
  if (page % 10 === 3) return { text: `{"rows": [{"ref": {"quote": "R-${1000 + page}", "value": "R-9` };
  return page % 20 === 7 ? { stall: true } : null;
}

describe('a server that refuses 30 % of the calls, answers 10 % malformed and hangs on 5 %', () => {
  it('costs no page, few calls, and nothing malformed is stored', async () => {
    const refused = seeded(5);
    const faulty = new Set<number>();
    await start(
      ({ pageText }) => {
        const page = pageOf(pageText);
        if (refused.chance(0.3)) return { status: 429, headers: { 'retry-after-ms': '10' } };
        const fault = faulty.has(page) ? null : faultOf(page);
        faulty.add(page);
        return fault ?? { answer: gold(page) };
      },
      { MODEL_TIMEOUT_S: '1' },
    );
    await startOneMoreWorker();
    const session = await seen(await upload('rows.txt', pages), ({ status }) => status !== 'processing');
    expect(session).toMatchObject({ status: 'in_progress', partial: false, pages_processed: count, pages_failed: 0 });
    const { accounts } = await getResults(context, { sessionId: session.id });
    expect(accounts[0]?.data).toEqual({
      rows: pages.map((_, page) => ({ ref: `R-${1000 + page}`, amount: page + 0.5 })),
    });
    expect(accounts[0]?.fields.filter(({ state }) => state !== 'found')).toEqual([]);
    const answered = server.calls.filter(({ status }) => status !== 429).length;
    expect(answered).toBeLessThanOrEqual(count * 1.2);
    expect(server.calls.length).toBeGreaterThan(count * 1.3);
    expect(await context.db.$count(usage)).toBe(server.calls.length);
  });
});

describe('a server that asks to wait for ten minutes', () => {
  it('pauses every worker, also one that starts later, and the sessions say so', async () => {
    await start(() => ({ status: 429, headers: { 'retry-after': '600' } }));
    await startOneMoreWorker();
    await startOneMoreWorker();
    const tenMinutes = 600_000;
    const startedAt = Date.now();
    const first = await seen(await upload('first.txt', ['R-1000 first']), ({ waiting }) => waiting !== null);
    const calls = server.calls.length;
    expect(calls).toBe(1);
    await startOneMoreWorker();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const ids = await Promise.all(names.map((name) => upload(`${name}.txt`, [`R-1000 ${name}`])));
    const others = await Promise.all(ids.map((id) => seen(id, ({ waiting }) => waiting !== null)));
    for (const { status, waiting, documents } of [first, ...others]) {
      expect(status).toBe('processing');
      expect(waiting?.reason).toBe('The model server asked to wait');
      const resumesAt = Date.parse(waiting?.until ?? '');
      expect(resumesAt).toBeGreaterThanOrEqual(startedAt + tenMinutes);
      expect(resumesAt).toBeLessThanOrEqual(Date.now() + tenMinutes);
      expect(documents[0]?.waiting).toEqual(waiting);
    }
    expect(server.calls).toHaveLength(calls);
  });
});
