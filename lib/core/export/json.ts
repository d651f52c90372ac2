import type { Exported, ExportedAccount, ExportedSession } from './input.ts';
import { type Manifest, noteSession } from './manifest.ts';

/**
 * `{"sessions": […], "manifest": {…}}`, a piece at a time, an account on a line. The manifest stands at the end: only then
 * it is known. `isFull`: with each value's evidence, signals and checks.
 */
export async function* jsonExport(
  sessions: AsyncIterable<Exported>,
  manifest: Manifest,
  { isFull }: { isFull: boolean },
): AsyncGenerator<string> {
  yield '{"sessions":[';
  let comma = '\n';
  for await (const session of sessions) {
    noteSession(manifest, session);
    if ('missing' in session) continue;
    yield comma;
    yield* sessionJson(session, isFull);
    comma = ',\n';
  }
  yield `\n],\n"manifest":${JSON.stringify(manifest)}}\n`;
}

function* sessionJson(session: ExportedSession, isFull: boolean): Generator<string> {
  const { definition: _definition, accounts, failedPages, ...about } = session;
  yield JSON.stringify({ ...about, failed_pages: failedPages }).slice(0, -1);
  yield ',"accounts":[';
  const documents = new Map(session.documents.map(({ id, name }) => [id, name]));
  for (const [index, account] of accounts.entries()) {
    yield index === 0 ? '\n' : ',\n';
    yield JSON.stringify(accountJson(account, documents.get(account.document_id) ?? null, isFull));
  }
  yield ']}';
}

function accountJson(account: ExportedAccount, document: string | null, isFull: boolean): object {
  const { document_id, account_index, account_number, pages, boundaries, data, fields } = account;
  const plain = { document_id, document, account_index, account_number, pages, data };
  return isFull ? { ...plain, boundaries, fields } : plain;
}
