import { deleteView } from '#lib/sessions/views.ts';
import { handle, ok } from '../../handle.ts';

interface Params {
  params: Promise<{ id: string }>;
}

export async function DELETE(_request: Request, { params }: Params) {
  return handle(async (context) => {
    await deleteView(context, (await params).id);
    return ok({});
  });
}
