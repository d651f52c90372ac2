import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editSession } from '#lib/edits/edit-session.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { listSessions } from '#lib/sessions/list.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { spoolText } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let desk: string;
let chair: string;

async function upload(name: string, file: string, text: string): Promise<string> {
  const files = [await spoolText(worker.context, file, text)];
  const id = await createSession(worker.context, { files, schema: 'order', name });
  await worker.finished(id);
  return id;
}

async function found(q: string, filter: object = {}): Promise<string[]> {
  const { sessions, count } = await listSessions(worker.context, { q, ...filter });
  expect(count).toEqual({ number: sessions.length, exact: true });
  return sessions.map(({ id }) => id);
}

beforeAll(async () => {
  worker = await testWorker();
  await putSchema(worker.context, {
    slug: 'order',
    definition: {
      name: 'Order',
      engine: 'builtin',
      fields: {
        type: 'object',
        properties: {
          Reference: { type: 'string' },
          Buyer: { type: 'string' },
          Total: { type: 'number' },
          Items: {
            type: 'array',
            items: { type: 'object', properties: { Item: { type: 'string' }, Price: { type: 'number' } } },
          },
        },
      },
    },
  });
  desk = await upload(
    'Spring 100%',
    'harbour-street.txt',
    'Reference: INV-2041\nBuyer: Zoë Müller\nTotal: 1,284.50\n\nItem      Price\nDesk      1284.50\n',
  );
  chair = await upload('Autumn', 'other.txt', 'Reference: INV-3055\nBuyer: Carl Dorn\nTotal: 12.00\n');
});
afterAll(() => worker.close());

describe('a session is found', () => {
  it.each([
    ['a part of its name', 'pring'],
    ['a name with signs that mean something to SQL', '100%'],
    ['the name of a file', 'harbour'],
    ['a value', 'INV-2041'],
    ['the beginning of a value', 'inv-20'],
    ['a value without its signs', 'inv2041'],
    ['a value without accents, in another case', 'ZOE mull'],
    ['an amount as printed', '1,284.50'],
    ['an amount as kept', '1284.5'],
    ['a cell of a list', 'desk'],
    ['words of several values, all of them', 'muller harbour desk'],
  ])('by %s', async (_, q) => expect(await found(q)).toEqual([desk]));

  it('with others by what they have in common, the newest first', async () => {
    expect(await found('inv')).toEqual([chair, desk]);
    const first = await listSessions(worker.context, { q: 'inv', limit: 1 });
    expect(first.next_cursor).toBe(chair);
    const next = await listSessions(worker.context, { q: 'inv', limit: 1, cursor: chair });
    expect(next.sessions.map(({ id }) => id)).toEqual([desk]);
  });

  it.each(['nowhere', "'; drop table sessions; --", '2041 3055', ':* & |', 'muller | dorn'])(
    'by nothing that it does not hold: %s',
    async (q) => expect(await found(q)).toEqual([]),
  );

  it('under other filters too', async () => {
    expect(await found('inv', { schema: 'order', status: 'in_progress' })).toEqual([chair, desk]);
    expect(await found('inv', { schema: 'invoice' })).toEqual([]);
    expect(await found('inv', { status: 'failed' })).toEqual([]);
  });
});

it('what a person writes is found at once, and after the next run too', async () => {
  const buyer = (await getResults(worker.context, { sessionId: chair })).accounts[0]?.fields.find(
    ({ path }) => path === 'Buyer',
  );
  const operation = { op: 'set' as const, id: buyer?.id ?? '', value: 'Northwind Traders' };
  await editSession(worker.context, { id: chair, operations: [operation] });
  expect(await found('northwind')).toEqual([chair]);
  await reextractSession(worker.context, { id: chair, scope: 'all' });
  await worker.finished(chair);
  expect(await found('northwind')).toEqual([chair]);
  expect(await found('3055')).toEqual([chair]);
});
