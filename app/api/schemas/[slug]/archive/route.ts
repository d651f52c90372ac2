import { archiveSchema } from '#lib/schemas/get.ts';
import { handle, ok } from '../../../handle.ts';

export async function POST(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return handle(async ({ db }) => {
    await archiveSchema(db, (await params).slug);
    return ok({});
  });
}
