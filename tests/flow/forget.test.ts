import fc from 'fast-check';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPage } from '#lib/documents/page.ts';
import { createSession } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { getSession } from '#lib/sessions/get.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

let context: TestContext;
let worker: Worker;
beforeAll(async () => {
  context = await testContext({ WORKER_READERS: '1' });
  worker = await startWorker(context, () => {});
});
afterAll(async () => {
  await worker.stop(0);
  await context.close();
});

const texts = ['Invoice INV-1\fTotal: 12.50 EUR', 'Invoice INV-2'];

async function upload(text: string): Promise<string> {
  return createSession(context, { files: [await spoolText(context, 'invoice.txt', text)], schema: 'invoice' });
}

/** The words of every page of a session that has ended. */
async function wordsOf(id: string): Promise<string[]> {
  const { documents } = await until(
    () => getSession(context, id),
    ({ status }) => status !== 'processing',
  );
  const pages = documents.flatMap((document) =>
    Array.from({ length: document.pages_total }, (_, pageNum) =>
      getPage(context, { documentId: document.id, pageNum: String(pageNum) }),
    ),
  );
  return (await Promise.all(pages)).map(({ words }) => words.map(({ text }) => text).join(' '));
}

const wordsIn = (text: string) => text.split('\f');

describe('pages', () => {
  it('can be read when the session was deleted and the same file uploaded again', async () => {
    const [text = ''] = texts;
    const first = await upload(text);
    expect(await wordsOf(first)).toEqual(wordsIn(text));
    await deleteSession(context, first);
    const second = await upload(text);
    expect(await wordsOf(second)).toEqual(wordsIn(text));
    await deleteSession(context, second);
  });

  it('can be read when the storage lost them and this worker still had them in memory', async () => {
    const text = 'Invoice LOST-1\fTotal: 1.00 EUR';
    await wordsOf(await upload(text));
    await rm(join(context.env.DATA_DIR, 'storage', 'ocr_cache'), { recursive: true });
    expect(await wordsOf(await upload(text))).toEqual(wordsIn(text));
  });

  it('can be read after any order of uploads, deletions and restarts', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('upload' as const), text: fc.constantFrom(...texts) }),
      fc.record({ do: fc.constant('delete' as const), at: fc.nat() }),
      fc.record({ do: fc.constant('restart' as const) }),
    );
    const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 5 }), async (steps) => {
      const alive: { id: string; text: string }[] = [];
      for (const next of steps) {
        if (next.do === 'upload') alive.push({ id: await upload(next.text), text: next.text });
        else if (next.do === 'delete') {
          const [one] = alive.splice(next.at % Math.max(1, alive.length), 1);
          if (one) await deleteSession(context, one.id);
        } else {
          await worker.stop(0);
          worker = await startWorker(context, () => {});
        }
      }
      for (const { id, text } of alive) expect(await wordsOf(id)).toEqual(wordsIn(text));
      for (const { id } of alive) await deleteSession(context, id);
    });
    await fc.assert(property, { numRuns: 3 });
  }, 300_000);
});
