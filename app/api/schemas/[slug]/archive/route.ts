import { archiveSchema } from '#lib/schemas/get.ts';
import { handle, ok } from '../../../handle.ts';

export async function POST(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return handle(async (context) => {
    await archiveSchema(context, (await params).slug);
    return ok({});
  });
}
