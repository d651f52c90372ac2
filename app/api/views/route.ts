import { newView } from '#lib/core/contract/reviews.ts';
import { listViews, saveView } from '#lib/sessions/views.ts';
import { handle, jsonOf, ok } from '../handle.ts';

export async function GET() {
  return handle(async (context) => ok({ views: await listViews(context) }));
}

export async function POST(request: Request) {
  return handle(async (context) => {
    const view = await saveView(context, newView.parse(await jsonOf(request)));
    return ok({ view }, 201);
  });
}
