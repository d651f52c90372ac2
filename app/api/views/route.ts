import { listViews, saveView, viewSchema } from '#lib/sessions/views.ts';
import { handle, jsonOf, ok } from '../handle.ts';

export async function GET() {
  return handle(async ({ db }) => ok({ views: await listViews(db) }));
}

export async function POST(request: Request) {
  return handle(async ({ db }) => {
    const view = await saveView(db, viewSchema.parse(await jsonOf(request)));
    return ok({ view }, 201);
  });
}
