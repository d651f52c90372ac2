import { getSettings } from '#lib/usage/get-settings.ts';
import { putSettings } from '#lib/usage/put-settings.ts';
import { spentThisMonth } from '#lib/usage/budget.ts';
import { handle, jsonOf, ok } from '../handle.ts';

export async function GET() {
  return handle(async (context) =>
    ok({ settings: await getSettings(context), spent_month_usd: await spentThisMonth(context.db) }),
  );
}

export async function PUT(request: Request) {
  return handle(async (context) => {
    const settings = await putSettings(context, await jsonOf(request));
    return ok({ settings, spent_month_usd: await spentThisMonth(context.db) });
  });
}
