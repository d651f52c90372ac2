import { versionQuery } from '#lib/core/contract/schemas.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { maxSchemaBytes } from '../../body.ts';
import { handle, jsonOf, ok, queryOf } from '../../handle.ts';

interface Route {
  params: Promise<{ slug: string }>;
}

export async function GET(request: Request, { params }: Route) {
  return handle(async (context) => {
    const { version } = versionQuery.parse(queryOf(request));
    return ok({ schema: await getSchema(context, { slug: (await params).slug, version }) });
  });
}

export async function PUT(request: Request, { params }: Route) {
  return handle(async (context) =>
    ok({
      schema: await putSchema(context, {
        slug: (await params).slug,
        definition: await jsonOf(request, maxSchemaBytes),
      }),
    }),
  );
}
