import { editSession } from '#lib/edits/edit-session.ts';
import { editsSchema } from '#lib/core/contract/edits.ts';
import { getResults } from '#lib/results/get.ts';
import { getSession } from '#lib/sessions/get.ts';
import { handle, jsonOf, ok } from '../../../handle.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function POST(request: Request, { params }: Props) {
  return handle(async (context) => {
    const { id } = await params;
    const outcome = await editSession(context, { id, ...editsSchema.parse(await jsonOf(request)) });
    const { accounts } = await getResults(context, { sessionId: id });
    const changed = accounts.filter((account) =>
      outcome.accounts.some(
        (one) => one.documentId === account.document_id && one.accountIndex === account.account_index,
      ),
    );
    const { change_id, version } = outcome;
    return ok({ change_id, version, session: await getSession(context, id), accounts: changed });
  });
}
