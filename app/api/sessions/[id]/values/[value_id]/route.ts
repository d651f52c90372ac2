import { changeValue } from '#lib/edits/change-value.ts';
import { valueChangeSchema } from '#lib/core/contract/edits.ts';
import { getResults } from '#lib/results/get.ts';
import { handle, jsonOf, ok } from '../../../../handle.ts';

export async function PATCH(request: Request, { params }: { params: Promise<{ id: string; value_id: string }> }) {
  return handle(async (context) => {
    const { id, value_id } = await params;
    const { change_id, version } = await changeValue(context, {
      sessionId: id,
      valueId: value_id,
      ...valueChangeSchema.parse(await jsonOf(request)),
    });
    const { accounts } = await getResults(context, { sessionId: id });
    const value = accounts.flatMap((account) => account.fields).find((field) => field.id === value_id);
    return ok({ change_id, version, value });
  });
}
