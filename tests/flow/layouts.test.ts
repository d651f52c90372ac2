import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ValueView } from '#lib/core/contract/results.ts';
import { lessons, lessonsDue, recalls } from '#lib/db/tables/layouts.ts';
import { layoutsFile } from '#lib/core/contract/layouts.ts';
import { changeValue } from '#lib/edits/change-value.ts';
import { exportLayouts, forgetLayouts, importLayouts } from '#lib/layouts/transfer.ts';
import { unlearnSession } from '#lib/layouts/unlearn.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { reopenSession, verifySession } from '#lib/sessions/verify.ts';
import { spoolBytes, type TestContext, until } from '#tests/support/context.ts';
import { pdfPage } from '#tests/support/pdf-page.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  await putSchema(context, {
    slug: 'waybill',
    definition: {
      name: 'Waybill',
      fields: {
        type: 'object',
        required: ['Vessel'],
        properties: { Vessel: { type: 'string' }, Berth: { type: 'string' }, Gross: { type: 'number' } },
      },
    },
  });
});
afterAll(() => worker.close());

/** A form without a label for the vessel; what stands below the marks moves down with `rows`. */
function waybill(vessel: string, gross: string, rows = 1): Buffer {
  const at = (x: number, y: number, text: string) => `BT /F1 11 Tf ${x} ${y} Td (${text}) Tj ET\n`;
  const marks = Array.from({ length: rows }, (_, row) => at(60, 600 - 20 * row, `Crate number ${row + 1} of ours`));
  const below = 600 - 20 * rows - 30;
  return pdfPage(
    [
      at(60, 760, 'Harbour office of Northmouth'),
      at(60, 740, 'This paper goes with the goods'),
      at(330, 700, vessel),
      at(60, 700, 'Handed to the master aboard'),
      at(60, 630, 'Marks as painted on each piece'),
      ...marks,
      at(60, below, 'Weighed at the quay by'),
      at(330, below, gross),
      at(420, below, 'kilograms together'),
    ].join(''),
  );
}

async function read(bytes: Buffer): Promise<string> {
  const files = [await spoolBytes(context, 'waybill.pdf', bytes)];
  const id = await createSession(context, { files, schema: 'waybill' });
  await worker.finished(id);
  return id;
}

async function fieldOf(id: string, path: string): Promise<ValueView> {
  const { accounts } = await getResults(context, { sessionId: id });
  const field = accounts[0]?.fields.find((one) => one.path === path);
  if (!field) throw new Error(`no value ${path}`);
  return field;
}

async function set(id: string, path: string, value: string | number): Promise<void> {
  await changeValue(context, { sessionId: id, valueId: (await fieldOf(id, path)).id, value });
}

async function verify(id: string): Promise<void> {
  await verifySession(context, { id, reason: 'as it is' });
  await until(
    () => context.db.$count(lessonsDue, eq(lessonsDue.sessionId, id)),
    (due) => due === 0,
  );
}

const lessonsOf = (id: string) => context.db.select().from(lessons).where(eq(lessons.sessionId, id));
const layoutOf = (field: ValueView) => field.signals.find(({ name }) => name === 'layout');

describe('the layout of a verified document', () => {
  it('can be unlearned, exported without its own words, and learned from an export', async () => {
    const id = await read(waybill('Silver Birch', '44.5'));
    await set(id, 'Vessel', 'Silver Birch');
    await set(id, 'Gross', 44.5);
    await verify(id);
    const alone = await exportLayouts(context, 'waybill');
    expect(alone.pages[0]?.words.map(({ word }) => word)).toEqual([]);
    const others = await Promise.all(
      ['Blue Whale', 'Red Kite'].map(async (vessel) => {
        const other = await read(waybill(vessel, '12.5'));
        await set(other, 'Vessel', vessel);
        await verify(other);
        return other;
      }),
    );
    const file = layoutsFile.parse(JSON.parse(JSON.stringify(await exportLayouts(context, 'waybill'))));
    expect(file.pages).toHaveLength(3);
    const words = new Set(file.pages.flatMap((page) => page.words.map(({ word }) => word)));
    expect(words).toContain('harbour');
    for (const vessel of ['silver', 'birch', 'whale', 'kite']) expect(words).not.toContain(vessel);

    for (const one of [id, ...others]) expect(await unlearnSession(context, one)).toBe(1);
    const next = await read(waybill('Snow Petrel', '3.5'));
    expect(await fieldOf(next, 'Vessel')).toMatchObject({ value: null });
    const bare = file.pages.map((page) => ({ ...page, words: [] })).slice(0, 1);
    const moved = { ...file, pages: [...file.pages, ...bare] };
    expect(await importLayouts(context, 'waybill', moved)).toEqual({ imported: 3, skipped: 1 });
    const last = await read(waybill('Great Auk', '3.5'));
    const vessel = await fieldOf(last, 'Vessel');
    expect(vessel).toMatchObject({ value: 'Great Auk' });
    expect(layoutOf(vessel)?.detail).toBe('as in 3 verified documents');
    expect(await forgetLayouts(context, 'waybill')).toBe(3);
  });

  it('says where the values of the next one stand, also where they moved down with a table', async () => {
    const first = await read(waybill('Aurora Borealis', '1,250.5'));
    expect(await fieldOf(first, 'Vessel')).toMatchObject({ value: null });
    await set(first, 'Vessel', 'Aurora Borealis');
    await set(first, 'Gross', 1250.5);
    await verify(first);

    const second = await read(waybill('Polar Star', '872.0', 4));
    const vessel = await fieldOf(second, 'Vessel');
    expect(vessel).toMatchObject({ value: 'Polar Star', attention: false, attention_reason: null });
    expect(layoutOf(vessel)).toMatchObject({ ok: true, detail: 'as in one verified document' });
    expect(await fieldOf(second, 'Gross')).toMatchObject({ value: 872, attention: false });

    await verify(second);
    const third = await read(waybill('Morning Cloud', '15.25', 2));
    expect(layoutOf(await fieldOf(third, 'Vessel'))?.detail).toBe('as in 2 verified documents');

    // Nothing of it is kept in plain text.
    const kept = JSON.stringify(await lessonsOf(first));
    for (const word of ['Aurora', 'Borealis', '1250', 'Harbour', 'master']) expect(kept).not.toContain(word);

    await reopenSession(context, { id: first, reason: null });
    await reopenSession(context, { id: second, reason: null });
    expect(await lessonsOf(first)).toEqual([]);
    const fourth = await read(waybill('Night Heron', '7.5'));
    expect(await fieldOf(fourth, 'Vessel')).toMatchObject({ value: null });
  });

  it('is learned again when its values are corrected, and forgotten with its session', async () => {
    const id = await read(waybill('Grey Goose', '99.5'));
    await set(id, 'Vessel', 'Northmouth');
    await set(id, 'Gross', 99.5);
    await verify(id);
    await reopenSession(context, { id, reason: null });
    await set(id, 'Vessel', 'Grey Goose');
    await verify(id);
    const next = await read(waybill('White Swan', '12.5'));
    expect(await fieldOf(next, 'Vessel')).toMatchObject({ value: 'White Swan' });
    await deleteSession(context, id);
    expect(await lessonsOf(id)).toEqual([]);
    // What was chosen for a run is kept with the run; what was forgotten no longer counts.
    await reextractSession(context, { id: next, scope: 'all' });
    await worker.finished(next);
    expect(await fieldOf(next, 'Vessel')).toMatchObject({ value: null });
    expect(await context.db.$count(recalls)).toBeGreaterThan(0);
  });
});
