import type { EditedSession } from './edited-session.ts';
import { and, eq, inArray } from 'drizzle-orm';
import type { Acting, Context } from '#lib/context.ts';
import { actorName } from '#lib/core/actor.ts';
import type { Transaction } from '#lib/db/client.ts';
import { edits } from '#lib/db/tables/reviews.ts';
import { fieldValues } from '#lib/db/tables/results.ts';
import { documents, runs, schemaVersions, sessions } from '#lib/db/tables/sessions.ts';
import { lockDocuments } from '#lib/lifecycle/lock.ts';
import { RequestError, unknownSession } from '#lib/core/errors.ts';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';
import { isId, newId } from '#lib/id.ts';
import { notifyChanged } from '#lib/events.ts';
import { addToSearch, textsOf } from '#lib/search/search-index.ts';
import { countResults } from '#lib/lifecycle/refresh.ts';
import { applyOperation, type Change } from './apply-operation.ts';
import { movePages } from './move-pages.ts';
import { type OpenAccount, openAccounts, placeOf, type Targets } from './open-rows.ts';
import type { Edits, Operation } from '../core/contract/edits.ts';
import { changesOf, takeBack } from './undo.ts';
import { writeRows } from './write-rows.ts';

export interface EditOutcome {
  /** Names the change, to take it back. */
  change_id: string;
  /** Of the session: the base of the next edits. */
  version: number;
  /** Accounts of which values changed. */
  accounts: { documentId: string; accountIndex: number }[];
}

export interface EditRequest extends Edits {
  id: string;
  /** Sees the rows before they change, and may refuse. */
  checkAccounts?: (accounts: readonly OpenAccount[]) => void;
}

/**
 * Does what a person did to a session's values and boundaries, all or nothing: values, checks, audit and event in one
 * transaction.
 * @throws RequestError 404 for an unknown session or value, 400 for an operation that makes no sense, 409 when the
 * session is verified or was changed since `base_version`
 */
export async function editSession(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  { id, base_version, change_id, operations, checkAccounts = () => undefined }: EditRequest,
): Promise<EditOutcome> {
  return db.transaction(async (tx) => {
    const session = await openForEdit(tx, id, operations.some(mayMovePages));
    const done = change_id === undefined ? null : await changeMade(tx, session, change_id);
    if (done) return done;
    if (base_version !== undefined && base_version !== session.version) throw new EditConflict(session.version);
    const changeId = change_id ?? newId();
    await refuseKnownRows(tx, operations);
    const undone = await changesOf(tx, session, operations);
    const accounts = await openAccounts(tx, session.runId, targetsOf(operations, undone));
    checkAccounts(accounts);
    const changes: Change[] = [];
    for (const operation of operations) {
      if (operation.op === 'move_boundary') changes.push(await movePages({ tx, queue, actor }, session, operation));
      else if (operation.op === 'undo')
        changes.push(...(await takeBack({ tx, queue, actor }, session, accounts, undone, operation.change_id)));
      else changes.push(applyOperation(session.definition, accounts, operation));
    }
    for (const account of accounts) await writeRows(tx, session.runId, session.definition, account);
    await writeAudit({ tx, actor }, session, changeId, changes);
    await addToSearch(tx, id, textsOf(accounts.flatMap((account) => changedLeaves(account))));
    const version = session.version + 1;
    const { needsAttention } = await countResults(tx, id);
    await tx.update(sessions).set({ version, needsAttention }).where(eq(sessions.id, id));
    await notifyChanged(tx, [id]);
    return {
      change_id: changeId,
      version,
      accounts: accounts.map(({ documentId, accountIndex }) => ({ documentId, accountIndex })),
    };
  });
}

/** What a change gave that was made before; null for a new one. */
async function changeMade(tx: Transaction, session: EditedSession, changeId: string): Promise<EditOutcome | null> {
  const made = await tx
    .selectDistinct({ documentId: edits.documentId, accountIndex: edits.accountIndex })
    .from(edits)
    .where(and(eq(edits.sessionId, session.id), eq(edits.changeId, changeId)));
  if (made.length === 0) return null;
  const accounts = made.flatMap(({ documentId, accountIndex }) =>
    documentId === null || accountIndex === null ? [] : [{ documentId, accountIndex }],
  );
  return { change_id: changeId, version: session.version, accounts };
}

/** A new row has an id that no row has. */
async function refuseKnownRows(tx: Transaction, operations: readonly Operation[]): Promise<void> {
  const ids = operations.flatMap((operation) => (operation.op === 'insert_row' && operation.id ? [operation.id] : []));
  if (ids.length === 0) return;
  const known = await tx.$count(fieldValues, inArray(fieldValues.id, ids));
  if (known > 0 || new Set(ids).size < ids.length) {
    throw new RequestError('invalid', 'known_row', 'A row with this id exists already: give the new row another one');
  }
}

/** Somebody changed the session first: look at what it is now, and decide again. */
export class EditConflict extends RequestError {
  readonly version: number;

  constructor(version: number) {
    super('conflict', 'changed', 'This session was changed in another window: reload it and repeat the change');
    this.version = version;
  }

  override get details(): object {
    return { version: this.version };
  }
}

function changedLeaves({ rows, before }: OpenAccount): Value[] {
  return rows.filter((row) => before.get(row.id)?.version !== row.version).flatMap(({ leaves }) => leaves);
}

/** Locks what an edit may change: documents before their session, as everywhere. */
async function openForEdit(tx: Transaction, id: string, withDocuments: boolean): Promise<EditedSession> {
  if (!isId(id)) throw unknownSession(id);
  if (withDocuments) await lockDocuments(tx, eq(documents.sessionId, id));
  const [session] = await tx
    .select({ id: sessions.id, run: sessions.run, status: sessions.status, version: sessions.version })
    .from(sessions)
    .where(eq(sessions.id, id))
    .for('no key update');
  if (!session) throw unknownSession(id);
  if (session.status === 'verified') {
    throw new RequestError('conflict', 'not_allowed', 'This session is verified: reopen it to change it');
  }
  const [run] = await tx
    .select({ id: runs.id, definition: schemaVersions.definition })
    .from(runs)
    .innerJoin(schemaVersions, eq(schemaVersions.id, runs.schemaVersionId))
    .where(and(eq(runs.sessionId, id), eq(runs.number, session.run)));
  if (!run) throw new Error(`session ${id} has no run ${session.run}`);
  return { ...session, runId: run.id, definition: parseSavedDefinition(run.definition), rearranged: new Set() };
}

/** To take a change back may mean to move pages back. */
function mayMovePages({ op }: Operation): boolean {
  return op === 'move_boundary' || op === 'undo';
}

function targetsOf(operations: readonly Operation[], undone: readonly { valueId: string | null }[]): Targets {
  const ids = new Set(undone.flatMap(({ valueId }) => valueId ?? []));
  const rowIds = new Set<string>();
  const accounts: Targets['accounts'][number][] = [];
  for (const operation of operations) {
    if (operation.op === 'insert_row') {
      accounts.push({ documentId: operation.document_id, accountIndex: operation.account_index });
    } else if (operation.op === 'delete_row' || operation.op === 'set_cell') rowIds.add(operation.row_id);
    else if ('id' in operation) ids.add(placeOf(operation.id).id);
  }
  return { ids: [...ids], rowIds: [...rowIds], accounts };
}

const auditRowsPerInsert = 1000;

async function writeAudit(
  { tx, actor }: Acting,
  session: EditedSession,
  changeId: string,
  changes: readonly Change[],
): Promise<void> {
  const rows = changes.map((change) => ({
    id: newId(),
    sessionId: session.id,
    changeId,
    run: session.run,
    actor: actorName(actor),
    ...change,
  }));
  for (let from = 0; from < rows.length; from += auditRowsPerInsert) {
    await tx.insert(edits).values(rows.slice(from, from + auditRowsPerInsert));
  }
}
