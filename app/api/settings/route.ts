import { getSettings } from '#lib/settings/get.ts';
import { putSettings } from '#lib/settings/put.ts';
import { spentThisMonth } from '#lib/usage/budget.ts';
import { handle, jsonOf, ok } from '../respond.ts';

export async function GET() {
  return handle(async ({ db }) => ok({ settings: await getSettings(db), spent_month_usd: await spentThisMonth(db) }));
}

export async function PUT(request: Request) {
  return handle(async (context) => {
    const settings = await putSettings(context, await jsonOf(request));
    return ok({ settings, spent_month_usd: await spentThisMonth(context.db) });
  });
}
