import type { ValueView } from '#lib/core/contract/results.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeValue } from '#lib/edits/change-value.ts';
import { editSession } from '#lib/edits/edit-session.ts';
import { getHistory } from '#lib/edits/timeline.ts';
import { type Edits, editsSchema } from '#lib/core/contract/edits.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { reopenSession, verifySession } from '#lib/sessions/verify.ts';
import { addsUp, orderFields } from '#tests/support/order-schema.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      fields: orderFields,
      rules: [addsUp, { name: 'worth it', check: 'Total > 20.0', message: 'A small order', severity: 'warning' }],
    },
  });
});
afterAll(() => worker.close());

async function newSession(): Promise<string> {
  const text = `Order ${newId()}\nReference: R-1\nOrder date: 2025-03-14\nTotal: 35.00\n\nItem      Price\nChair     10.00\nTable     25.00\n`;
  const id = await createSession(context, { files: [await spoolText(context, 'a.txt', text)], schema: 'order' });
  await worker.finished(id);
  return id;
}

async function fieldsOf(id: string): Promise<ValueView[]> {
  return (await getResults(context, { sessionId: id })).accounts.flatMap((account) => account.fields);
}

async function fieldOf(id: string, path: string): Promise<ValueView> {
  const found = (await fieldsOf(id)).find((field) => field.path === path);
  if (!found) throw new Error(`no value ${path}`);
  return found;
}

const edit = (id: string, edits: object) => editSession(context, { id, ...editsSchema.parse(edits) });
const dataOf = async (id: string) => (await getResults(context, { sessionId: id })).accounts[0]?.data;

describe('edits', () => {
  it('type what a person wrote, keep what was extracted, and check the rules again at once', async () => {
    const id = await newSession();
    const total = await fieldOf(id, 'Total');
    expect(total).toMatchObject({ value: 35, checks: [{ ok: true }, { ok: true }], original: null });
    await edit(id, { operations: [{ op: 'set', id: total.id, value: '1,036.00' }] });
    expect(await fieldOf(id, 'Total')).toMatchObject({
      value: 1036,
      state: 'edited',
      trust: 1,
      original: { value: 35, state: 'found' },
      checks: [{ rule: 'adds up', ok: false, message: 'Items do not add up' }, { ok: true }],
    });
    await edit(id, { operations: [{ op: 'revert', id: total.id }] });
    expect(await fieldOf(id, 'Total')).toMatchObject({ value: 35, state: 'found', original: null });
  });

  it('keep a text that does not fit its type, as an error that stands', async () => {
    const id = await newSession();
    const { id: valueId } = await fieldOf(id, 'Ordered');
    await changeValue(context, { sessionId: id, valueId, value: 'in spring' });
    const field = await fieldOf(id, 'Ordered');
    expect(field).toMatchObject({ value: 'in spring', state: 'edited', checks: [{ rule: 'format', ok: false }] });
    await expect(verifySession(context, { id, reason: null })).rejects.toMatchObject({
      status: 409,
      code: 'errors_stand',
    });
    await changeValue(context, { sessionId: id, valueId, absent: true });
    expect(await fieldOf(id, 'Ordered')).toMatchObject({ value: null, state: 'absent', checks: [] });
  });

  it('insert, fill and delete rows, and number them anew', async () => {
    const id = await newSession();
    const [account] = (await getResults(context, { sessionId: id })).accounts;
    const chair = await fieldOf(id, 'Items[0].Item');
    await edit(id, {
      operations: [
        {
          op: 'insert_row',
          document_id: account?.document_id,
          account_index: 0,
          path: 'Items',
          at: 1,
          values: { Item: 'Lamp', Price: '12.50' },
        },
        { op: 'delete_row', row_id: chair.row_id },
      ],
    });
    expect(await dataOf(id)).toMatchObject({
      Items: [
        { Item: 'Lamp', Price: 12.5 },
        { Item: 'Table', Price: 25 },
      ],
    });
    expect(await fieldOf(id, 'Total')).toMatchObject({ checks: [{ ok: false }, { ok: true }] });
  });

  it('are taken back by undo, and done again by undoing that', async () => {
    const id = await newSession();
    const before = await dataOf(id);
    const { row_id: rowId } = await fieldOf(id, 'Items[0].Item');
    const { id: codeId } = await fieldOf(id, 'Code');
    const { change_id } = await edit(id, {
      operations: [
        { op: 'delete_row', row_id: rowId },
        { op: 'set', id: codeId, value: 'R-2' },
      ],
    });
    const after = await dataOf(id);
    const undone = await edit(id, { operations: [{ op: 'undo', change_id }] });
    expect(await dataOf(id)).toEqual(before);
    expect((await getSession(context, id)).needs_attention).toBe(0);
    await edit(id, { operations: [{ op: 'undo', change_id: undone.change_id }] });
    expect(await dataOf(id)).toEqual(after);
    await expect(edit(id, { operations: [{ op: 'undo', change_id: undone.change_id }] })).rejects.toMatchObject({
      status: 409,
      code: 'changed_since',
    });
  });

  it('are refused, and change nothing, when somebody else changed the session first', async () => {
    const id = await newSession();
    const { version } = await getResults(context, { sessionId: id });
    const code = await fieldOf(id, 'Code');
    await changeValue(context, { sessionId: id, valueId: code.id, value: 'R-7', version: code.version });
    const late: Edits = { base_version: version, operations: [{ op: 'set', id: code.id, value: 'R-8' }] };
    await expect(editSession(context, { id, ...late })).rejects.toMatchObject({
      status: 409,
      details: { version: version + 1 },
    });
    await expect(
      changeValue(context, { sessionId: id, valueId: code.id, value: 'R-9', version: code.version }),
    ).rejects.toMatchObject({
      status: 409,
    });
    expect(await fieldOf(id, 'Code')).toMatchObject({ value: 'R-7' });
  });

  it('are all done or none', async () => {
    const id = await newSession();
    const code = await fieldOf(id, 'Code');
    const operations: Edits['operations'] = [
      { op: 'set', id: code.id, value: 'R-5' },
      { op: 'set', id: newId(), value: 'nowhere' },
    ];
    await expect(edit(id, { operations })).rejects.toMatchObject({ status: 404 });
    expect(await fieldOf(id, 'Code')).toMatchObject({ value: 'R-1', state: 'found' });
  });

  it('two at once on different values are both kept', async () => {
    const id = await newSession();
    const [code, ordered] = [await fieldOf(id, 'Code'), await fieldOf(id, 'Ordered')];
    await Promise.all([
      changeValue(context, { sessionId: id, valueId: code.id, value: 'R-3', version: code.version }),
      changeValue(context, { sessionId: id, valueId: ordered.id, value: '2025-03-15', version: ordered.version }),
    ]);
    expect(await dataOf(id)).toMatchObject({ Code: 'R-3', Ordered: '2025-03-15' });
  });

  it('survive extraction under another version of the schema', async () => {
    const id = await newSession();
    await changeValue(context, { sessionId: id, valueId: (await fieldOf(id, 'Code')).id, value: 'R-1a' });
    await changeValue(context, { sessionId: id, valueId: (await fieldOf(id, 'Total')).id, confirm: true });
    await changeValue(context, { sessionId: id, valueId: (await fieldOf(id, 'Items[1].Price')).id, value: 26 });
    await reextractSession(context, { id, scope: 'all' });
    expect(await worker.finished(id)).toMatchObject({ run: 2, status: 'in_progress' });
    expect(await dataOf(id)).toMatchObject({ Code: 'R-1a', Items: [{ Price: 10 }, { Price: 26 }] });
    expect(await fieldOf(id, 'Total')).toMatchObject({ state: 'confirmed', value: 35 });
    expect(await fieldOf(id, 'Items[1].Price')).toMatchObject({ state: 'edited', original: { value: 25 } });
  });
});

describe('verifying', () => {
  it('asks for a reason while warnings stand, and is written down with it', async () => {
    const id = await newSession();
    const operations = [
      { op: 'set', id: (await fieldOf(id, 'Total')).id, value: 10 },
      { op: 'delete_row', row_id: (await fieldOf(id, 'Items[1].Item')).row_id },
    ];
    await edit(id, { operations });
    await expect(verifySession(context, { id, reason: null })).rejects.toMatchObject({
      status: 409,
      code: 'reason_needed',
    });
    await verifySession(context, { id, reason: 'the customer called' });
    expect(await getSession(context, id)).toMatchObject({ status: 'verified' });
    const { entries } = await getHistory(context, id);
    expect(entries.map(({ kind }) => kind)).toEqual(['run', 'set', 'delete_row', 'verify']);
    expect(entries.at(-1)).toMatchObject({ reason: 'the customer called' });
  });

  it('closes a session to edits and to extraction until it is reopened', async () => {
    const id = await newSession();
    await verifySession(context, { id, reason: null });
    const code = await fieldOf(id, 'Code');
    await expect(changeValue(context, { sessionId: id, valueId: code.id, value: 'x' })).rejects.toMatchObject({
      status: 409,
    });
    await expect(reextractSession(context, { id, scope: 'all' })).rejects.toMatchObject({ status: 409 });
    await expect(verifySession(context, { id, reason: null })).rejects.toMatchObject({ status: 409 });
    await reopenSession(context, { id, reason: null });
    await changeValue(context, { sessionId: id, valueId: code.id, value: 'R-4' });
    expect(await fieldOf(id, 'Code')).toMatchObject({ value: 'R-4' });
  });
});
