import { newView } from '#lib/core/contract/reviews.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { listViews, deleteView, saveView } from '#lib/sessions/views.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const save = (view: object) => saveView(context, newView.parse(view));

it('a filter is kept under its name, and another one of that name takes its place', async () => {
  await save({ name: ' Failed ', filter: { status: 'failed' } });
  const view = await save({ name: 'Failed', filter: { status: 'failed', q: 'a&b c' } });
  expect(await listViews(context)).toEqual([{ id: view.id, name: 'Failed', query: 'status=failed&q=a%26b+c' }]);
  await deleteView(context, view.id);
  expect(await listViews(context)).toEqual([]);
});

it.each([
  ['without a name', { name: ' ', filter: { status: 'failed' } }, 'is empty'],
  ['that filters nothing', { name: 'All', filter: {} }, 'filters nothing'],
  ['with a filter that there is not', { name: 'x', filter: { colour: 'red' } }, 'colour'],
  ['with a status that there is not', { name: 'x', filter: { status: 'lost' } }, 'status'],
])('a view %s is refused', (_, view, message) =>
  expect(JSON.stringify(newView.safeParse(view).error?.issues)).toContain(message),
);

it.each([newId(), 'nonsense'])('one that is not there cannot be removed: %s', async (id) =>
  expect(deleteView(context, id)).rejects.toMatchObject({ status: 404, code: 'unknown_view' }),
);
