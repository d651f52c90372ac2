import { versionQuery } from '#lib/core/contract/schemas.ts';
import { getPrompt } from '#lib/schemas/prompt-preview.ts';
import { handle, ok, queryOf } from '../../../handle.ts';

interface Route {
  params: Promise<{ slug: string }>;
}

export async function GET(request: Request, { params }: Route) {
  return handle(async (context) => {
    const { version } = versionQuery.parse(queryOf(request));
    return ok({ prompt: await getPrompt(context, { slug: (await params).slug, version, signal: request.signal }) });
  });
}
