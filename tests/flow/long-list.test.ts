import { afterAll, beforeAll, expect, it } from 'vitest';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { spoolText } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await testWorker();
});
afterAll(() => worker.close());

const rowCount = 400;
const pageCount = 9;
/** The same fee every tenth row: equal rows are rows of their own. */
const rows = Array.from({ length: rowCount }, (_, index) => ({
  Booked: `2025-${String(1 + Math.floor(index / 34)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
  Text: index % 10 === 9 ? 'Monthly fee' : `Order ${index + 1} of desks`,
  Amount: index % 10 === 9 ? 2.5 : 100 + index + 0.25,
}));

function statement(): string {
  const perPage = Math.ceil(rowCount / pageCount);
  const pages = Array.from({ length: pageCount }, (_, page) => {
    const head = ['Statement 7001', ''];
    const columns = page % 3 === 2 ? [] : [`${'Booked'.padEnd(14)}${'Text'.padEnd(34)}Amount`];
    const lines = rows
      .slice(page * perPage, (page + 1) * perPage)
      .map(({ Booked, Text, Amount }) => `${Booked.padEnd(14)}${Text.padEnd(34)}${Amount.toFixed(2)}`);
    return [...head, ...columns, ...lines].join('\n');
  });
  return pages.join('\f');
}

it('a list of 400 rows over nine pages, some without a header, has every row once', async () => {
  await putSchema(worker.context, {
    slug: 'statement',
    definition: {
      name: 'Statement',
      engine: 'builtin',
      fields: {
        type: 'object',
        properties: {
          Rows: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                Booked: { type: 'string', format: 'date' },
                Text: { type: 'string' },
                Amount: { type: 'number' },
              },
            },
          },
        },
      },
    },
  });
  const files = [await spoolText(worker.context, 'statement.txt', statement())];
  const id = await createSession(worker.context, { files, schema: 'statement' });
  expect(await worker.finished(id)).toMatchObject({ status: 'in_progress', partial: false, pages_total: pageCount });
  const { accounts } = await getResults(worker.context, { sessionId: id });
  expect(accounts[0]?.data.Rows).toEqual(rows);
});
