import { listSchemas } from '#lib/schemas/get.ts';
import { createSchema } from '#lib/schemas/put.ts';
import { maxSchemaBytes } from '../body.ts';
import { handle, jsonOf, ok } from '../handle.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  return handle(async (context) => ok({ schemas: await listSchemas(context) }));
}

export async function POST(request: Request) {
  return handle(async (context) =>
    ok({ schema: await createSchema(context, await jsonOf(request, maxSchemaBytes)) }, 201),
  );
}
