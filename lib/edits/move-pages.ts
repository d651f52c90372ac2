import { and, eq } from 'drizzle-orm';
import type { Acting, Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { accounts, pageAccounts } from '#lib/db/tables/results.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { requeueDocuments } from '#lib/lifecycle/documents.ts';
import { RequestError } from '#lib/core/errors.ts';
import { canonicalOf } from '#lib/core/splitting/identifier.ts';
import type { MovedPage } from '#lib/core/splitting/moved.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';
import { moveSession, workedOnAgain } from '#lib/lifecycle/sessions.ts';
import type { Change } from './apply-operation.ts';
import type { EditedSession } from './edited-session.ts';
import type { MoveBoundary } from '../core/contract/edits.ts';

/** High: someone sits in front of the screen and waits. */
const personWaits = 0;

export interface Moving extends Acting {
  queue: Context['queue'];
}

/**
 * Gives pages of a document to another account, and has the document done again in the same run: what is remembered of
 * all other pages is found, so only the pages concerned are read again. It holds for every later run too.
 * @throws RequestError 400 for a page or account that the document does not have, 409 while the session is processing
 */
export async function movePages(
  moving: Moving,
  session: EditedSession,
  { document_id, pages, account_index, account_number }: MoveBoundary,
): Promise<Change> {
  const document = await ownDocument(moving.tx, session, document_id);
  const beyond = pages.find((page) => page >= document.pagesTotal);
  if (beyond !== undefined) {
    throw new RequestError(
      'invalid',
      'unknown_page',
      `${document.name} has no page ${beyond}: it has ${document.pagesTotal}, counted from 0`,
    );
  }
  const target = await targetOf(moving.tx, session, document_id, { account_index, account_number });
  const given = new Set(pages);
  const others = (document.movedPages ?? []).filter(({ pageNum }) => !given.has(pageNum));
  const moved = [...others, ...pages.map((pageNum) => ({ pageNum, ...target }))].toSorted(
    (a, b) => a.pageNum - b.pageNum,
  );
  return write(moving, session, document, moved, 'move_boundary');
}

/** Brings a document's moved pages back to what they were. */
export async function restoreMoved(
  moving: Moving,
  session: EditedSession,
  documentId: string,
  moved: MovedPage[] | null,
): Promise<Change> {
  return write(moving, session, await ownDocument(moving.tx, session, documentId), moved, 'undo');
}

async function ownDocument(tx: Transaction, session: EditedSession, documentId: string) {
  const [document] = await tx
    .select()
    .from(documents)
    .where(and(eq(documents.id, documentId), eq(documents.sessionId, session.id)));
  if (!document) throw new RequestError('invalid', 'unknown_document', 'document_id is not a document of this session');
  if (session.status === 'in_progress') return document;
  throw new RequestError('conflict', 'not_allowed', 'Boundaries can be moved when the session is in progress');
}

type Target = Omit<MovedPage, 'pageNum'>;
type CurrentAccount = Pick<typeof accounts.$inferSelect, 'accountNumber' | 'evidencePages'>;

async function targetOf(
  tx: Transaction,
  session: EditedSession,
  documentId: string,
  { account_index, account_number }: Pick<MoveBoundary, 'account_index' | 'account_number'>,
): Promise<Target> {
  if (account_index === undefined && account_number === undefined) {
    throw new RequestError('invalid', 'no_account', 'move_boundary needs account_index or account_number');
  }
  const current = await tx
    .select({
      index: accounts.accountIndex,
      accountNumber: accounts.accountNumber,
      evidencePages: accounts.evidencePages,
    })
    .from(accounts)
    .where(and(eq(accounts.runId, session.runId), eq(accounts.documentId, documentId)));
  if (account_number !== undefined) return namedTarget(current, account_number);
  const account = current.find(({ index }) => index === account_index);
  if (!account) throw new RequestError('invalid', 'unknown_account', `The document has no account ${account_index}`);
  if (account.accountNumber !== null) return toTarget(account.accountNumber, account);
  throw new RequestError('invalid', 'nameless_account', 'This account has no number: give it one with account_number');
}

/** The account of this number, or a new one. */
function namedTarget(current: readonly CurrentAccount[], wanted: string): Target {
  const canonical = canonicalOf(wanted);
  const [account, other] = current.filter(
    ({ accountNumber }) => accountNumber !== null && canonicalOf(accountNumber) === canonical,
  );
  if (!other) return toTarget(wanted, account);
  throw new RequestError(
    'invalid',
    'ambiguous_account',
    `Several accounts of the document have the number ${wanted}: give account_index`,
  );
}

function toTarget(accountNumber: string, account: CurrentAccount | undefined): Target {
  const originPage = account?.evidencePages?.[0];
  return originPage === undefined ? { accountNumber } : { accountNumber, originPage };
}

async function write(
  { tx, queue, actor }: Moving,
  session: EditedSession,
  document: typeof documents.$inferSelect,
  moved: MovedPage[] | null,
  kind: 'move_boundary' | 'undo',
): Promise<Change> {
  if (session.rearranged.size === 0)
    await moveSession({ tx, actor }, session.id, 'rearrange', workedOnAgain, document.id);
  session.rearranged.add(document.id);
  // The job of an earlier move of this request finds that it is no longer the document's.
  const changes = { movedPages: moved };
  await requeueDocuments({ tx, queue }, [document.id], 'rearrange', { priority: personWaits, changes });
  // A page may no longer be that account's. All are written again, from memory.
  await tx
    .delete(pageAccounts)
    .where(and(eq(pageAccounts.documentId, document.id), eq(pageAccounts.runId, session.runId)));
  await refreshSession({ tx, actor }, session.id);
  const before = { moved: document.movedPages };
  return { kind, documentId: document.id, accountIndex: null, valueId: null, path: null, before, after: { moved } };
}
