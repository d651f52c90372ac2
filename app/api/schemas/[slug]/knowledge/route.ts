import { addKnowledge } from '#lib/schemas/knowledge/add.ts';
import { handle, ok } from '../../../handle.ts';

interface Route {
  params: Promise<{ slug: string }>;
}

export async function POST(request: Request, { params }: Route) {
  return handle(async (context) => ok(await addKnowledge(context, { slug: (await params).slug, request }), 201));
}
