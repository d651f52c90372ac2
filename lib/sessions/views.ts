import { type SavedView, newView } from '#lib/core/contract/reviews.ts';
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { savedViews } from '#lib/db/tables/reviews.ts';
import { RequestError } from '#lib/core/errors.ts';
import { isId, newId } from '#lib/id.ts';

const columns = { id: savedViews.id, name: savedViews.name, query: savedViews.query };

export async function listViews({ db }: Pick<Context, 'db'>): Promise<SavedView[]> {
  return db.select(columns).from(savedViews).orderBy(asc(savedViews.name));
}

/** Keeps a filter under a name; another one of that name is replaced. */
export async function saveView(
  { db }: Pick<Context, 'db'>,
  { name, filter }: z.output<typeof newView>,
): Promise<SavedView> {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString();
  const [view] = await db
    .insert(savedViews)
    .values({ id: newId(), name, query })
    .onConflictDoUpdate({ target: savedViews.name, set: { query } })
    .returning(columns);
  if (!view) throw new Error('the view was not written');
  return view;
}

/** @throws RequestError 404 */
export async function deleteView({ db }: Pick<Context, 'db'>, id: string): Promise<void> {
  const removed = isId(id) ? await db.delete(savedViews).where(eq(savedViews.id, id)).returning(columns) : [];
  if (removed.length === 0) throw new RequestError('not_found', 'unknown_view', 'There is no view with this id');
}
