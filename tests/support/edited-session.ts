import type { AccountView } from '#lib/core/contract/results.ts';
import { claimDocument } from '#lib/documents/claim.ts';
import { forceDocument } from '#lib/documents/force.ts';
import { completeDocument } from '#lib/documents/settle.ts';
import { editSession } from '#lib/edits/edit-session.ts';
import type { Edits } from '#lib/core/contract/edits.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { getResults } from '#lib/results/get.ts';
import { getSession } from '#lib/sessions/get.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import type { TestContext } from './context.ts';
import {
  columnOf,
  type DecidedRow,
  type EditModel,
  expectedView,
  listNames,
  listOf,
  recordOf,
  scalarNames,
  seenView,
} from './edit-model.ts';
import { madeResult, type Names } from './made-result.ts';

export type Command =
  | { do: 'set' | 'absent'; record: number; field: number }
  | RowCommand
  | { do: 'move'; page: number; to: number | null }
  | { do: 'take back' }
  | { do: 'extract'; version: 1 | 2; failing: number | null }
  | { do: 'force'; fresh: boolean }
  | { do: 'retry' };

interface RowCommand {
  do: 'cell' | 'delete' | 'insert';
  record: number;
  list: number;
  row: number;
}

/** A session that people edit, and what they did to it. */
export interface EditedSession {
  context: TestContext;
  id: string;
  model: EditModel;
  /** Texts written so far: each is another. */
  written: number;
  /** The latest move of pages, while it can be taken back. */
  move: { changeId: string; owners: string[] } | null;
}

export function editedSession(
  context: TestContext,
  id: string,
  names: Names,
  numbers: readonly (string | null)[],
): EditedSession {
  const owners = numbers.map((_, page) => `part ${page}`);
  const model: EditModel = { names, numbers, owners, decisions: new Map(), version: 1, failing: null, attempt: 0 };
  return { context, id, model, written: 0, move: null };
}

/** Does what a worker does with the session's document. */
export async function runDocument({ context, model }: EditedSession): Promise<void> {
  const [job] = await context.queue.claim(1);
  const claim = job && (await claimDocument(context, job));
  if (!claim) throw new Error('nothing was claimed');
  model.attempt += 1;
  const result = madeResult(claim.definition, model.names, model, claim.movedPages);
  const [pagesTotal, pagesFailed] = [model.numbers.length, model.failing === null ? 0 : 1];
  const pages = { pagesTotal, pagesProcessed: pagesTotal - pagesFailed, pagesFailed };
  const stage = { stage: 'llm_extraction', stages: initialStages, progress: 50, readerKey: null } as const;
  const rows = { remembered: true, pageRows: [], pageAccountRows: [] };
  await completeDocument(context, claim, { ...stage, ...pages, ...rows }, result);
}

/** What the session shows, and what it must show. */
export async function look({ context, id, model }: EditedSession) {
  const [document] = (await getSession(context, id)).documents;
  const { accounts } = await getResults(context, { sessionId: id });
  return { seen: seenView(model, accounts, document?.notice ?? null), expected: expectedView(model) };
}

/** Does to the session what a person does, and runs its document where that asks for it. */
export async function apply(session: EditedSession, command: Command): Promise<void> {
  const { context, id, model } = session;
  switch (command.do) {
    case 'set':
    case 'absent':
      return decide(session, command.record, command.field, command.do === 'absent');
    case 'insert':
      return insertRow(session, command);
    case 'cell':
    case 'delete':
      return changeRow(session, command);
    case 'move':
      return movePage(session, command.page, command.to);
    case 'take back':
      return takeBack(session);
    case 'extract':
      Object.assign(model, { version: command.version, failing: command.failing });
      session.move = null;
      await reextractSession(context, { id, scope: 'all', version: command.version });
      return runDocument(session);
    case 'retry':
      if (model.failing === null) return;
      model.failing = null;
      await retrySession(context, id);
      return runDocument(session);
    case 'force': {
      const [document] = (await getSession(context, id)).documents;
      await forceDocument(context, { id: document?.id ?? '', fresh: command.fresh });
      return runDocument(session);
    }
  }
}

async function edit({ context, id }: EditedSession, ...operations: Edits['operations']): Promise<string> {
  return (await editSession(context, { id, operations })).change_id;
}

const accountsOf = async ({ context, id }: EditedSession) => (await getResults(context, { sessionId: id })).accounts;

async function pick(session: EditedSession, index: number): Promise<AccountView> {
  const accounts = await accountsOf(session);
  const account = accounts[index % accounts.length];
  if (!account) throw new Error('the session has no account');
  return account;
}

function newText(session: EditedSession): string {
  session.written += 1;
  return `person ${session.written}`;
}

async function decide(session: EditedSession, record: number, index: number, isAbsent: boolean): Promise<void> {
  const account = await pick(session, record);
  const names = scalarNames(session.model);
  const name = names[index % names.length] ?? '';
  const id = account.fields.find(({ path }) => path === pathText([name]))?.id ?? '';
  const value = isAbsent ? null : newText(session);
  await edit(session, value === null ? { op: 'absent', id } : { op: 'set', id, value });
  recordOf(session.model, account).scalars.set(name, value);
}

function decidedRows(session: EditedSession, account: AccountView, index: number) {
  const names = listNames(session.model);
  const list = names[index % names.length] ?? '';
  const { lists } = recordOf(session.model, account);
  const rows = lists.get(list) ?? new Map<string, DecidedRow>();
  lists.set(list, rows);
  return { list, rows };
}

async function insertRow(session: EditedSession, command: RowCommand): Promise<void> {
  const account = await pick(session, command.record);
  const { list, rows } = decidedRows(session, account, command.list);
  const cells = new Map(session.model.names.columns.map((column) => [column, newText(session)]));
  const values = Object.fromEntries([...cells].map(([column, value]) => [pathText([column]), value]));
  const { document_id, account_index } = account;
  await edit(session, { op: 'insert_row', document_id, account_index, path: list, values });
  const texts = new Set(cells.values());
  const added = (await pick(session, command.record)).fields.find(({ value }) => texts.has(String(value)));
  rows.set(added?.row_id ?? '', { cells, isDeleted: false });
}

async function changeRow(session: EditedSession, command: RowCommand): Promise<void> {
  const account = await pick(session, command.record);
  const { list, rows } = decidedRows(session, account, command.list);
  const [, column] = session.model.names.columns;
  const cells = account.fields.filter((field) => listOf(field) === list && columnOf(field) === pathText([column]));
  const { id, row_id: rowId } = cells[command.row % Math.max(cells.length, 1)] ?? {};
  if (!id || !rowId) return;
  const row = rows.get(rowId) ?? { cells: new Map<string, string>(), isDeleted: false };
  if (command.do === 'delete') {
    await edit(session, { op: 'delete_row', row_id: rowId });
    rows.set(rowId, { ...row, isDeleted: true });
    return;
  }
  const value = newText(session);
  await edit(session, { op: 'set', id, value });
  rows.set(rowId, { ...row, cells: new Map([...row.cells, [column, value]]) });
}

/** To an account that is there, or to one of its own. */
async function movePage(session: EditedSession, page: number, to: number | null): Promise<void> {
  const { model } = session;
  const accounts = await accountsOf(session);
  const target = to === null ? null : accounts[to % accounts.length];
  // Pages cannot be given to an account without a number.
  if (target?.account_number === null) return;
  const move = { op: 'move_boundary' as const, document_id: accounts[0]?.document_id ?? '', pages: [page] };
  const number = `9000${page}`;
  const changeId = await edit(
    session,
    target ? { ...move, account_index: target.account_index } : { ...move, account_number: number },
  );
  session.move = { changeId, owners: model.owners };
  model.owners = model.owners.with(page, target ? (model.owners[target.pages[0] ?? -1] ?? '') : number);
  return runDocument(session);
}

async function takeBack(session: EditedSession): Promise<void> {
  const { move } = session;
  if (!move) return;
  await edit(session, { op: 'undo', change_id: move.changeId });
  session.model.owners = move.owners;
  session.move = null;
  return runDocument(session);
}
