import { RequestError } from '#lib/core/errors.ts';
import { blankCell, confirmValue, markAbsent, setValue } from '#lib/core/values/set-value.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { fieldAt } from '#lib/core/fields/field.ts';
import type { Value } from '#lib/core/values/value.ts';
import { type Scalar, pathText } from '#lib/core/fields/path.ts';
import { type Column, columnsOf, listAt, rowOrder } from '#lib/core/values/list-rows.ts';
import { newId } from '#lib/id.ts';
import type { EditKind, EditState } from '../core/contract/edit-kinds.ts';
import { findRow, type OpenAccount, type OpenRow, placeOf } from './open-rows.ts';
import type { InsertRow, MoveBoundary, Operation, SetCell } from '../core/contract/edits.ts';

/** What one operation did to one row, for the audit. */
export interface Change {
  kind: EditKind;
  documentId: string;
  accountIndex: number | null;
  valueId: string | null;
  path: string | null;
  before: EditState | null;
  after: EditState | null;
  /** The change that this one takes back. */
  revertsChangeId?: string;
}

type ValueOperation = Exclude<Operation, MoveBoundary | { op: 'undo' }>;

/** Does one operation to the open rows, in place. @throws RequestError 400 or 404 */
export function applyOperation(
  definition: Definition,
  accounts: readonly OpenAccount[],
  operation: ValueOperation,
): Change {
  if (operation.op === 'insert_row') return insertRow(definition, accounts, operation);
  if (operation.op === 'set_cell') return setCell(definition, accounts, operation);
  if (operation.op === 'delete_row') {
    const { account, row } = findRow(accounts, (one) => one.rowId === operation.row_id, operation.row_id);
    if (row.isDeleted) throw new RequestError('invalid', 'deleted_row', 'This row is already deleted');
    return changeRow(account, row, 'delete_row', row.path, { isDeleted: true });
  }
  const { id, column } = placeOf(operation.id);
  const { account, row } = findRow(accounts, (one) => one.id === id, operation.id);
  const leaf = row.leaves[column];
  if (!leaf || row.isDeleted) throw new RequestError('not_found', 'unknown_value', `There is no value ${operation.id}`);
  const decided = decide(definition, row, leaf, operation, column);
  const leaves = row.leaves.with(column, decided);
  const extracted = row.extracted ?? row.leaves;
  const isUntouched = operation.op === 'revert' && sameDecisions(leaves, extracted);
  return changeRow(account, row, operation.op, pathText(leaf.path), {
    leaves,
    extracted: isUntouched ? null : extracted,
  });
}

function decide(
  definition: Definition,
  row: OpenRow,
  leaf: Value,
  operation: Exclude<ValueOperation, { op: 'insert_row' | 'delete_row' | 'set_cell' }>,
  column: number,
): Value {
  switch (operation.op) {
    case 'set': {
      const field = fieldAt(definition.fields, leaf.path);
      if (field?.kind !== 'scalar') throw notSettable(leaf);
      const { evidence } = operation;
      const place = evidence && { pageNum: evidence.page_num, quote: evidence.quote, boxes: evidence.boxes };
      return setValue(field, leaf, operation.value, definition.locale, place);
    }
    case 'confirm':
      if (leaf.value === null && leaf.state !== 'absent') {
        throw new RequestError(
          'invalid',
          'nothing_to_confirm',
          `${leaf.label} has no value: set one or mark it absent`,
        );
      }
      return confirmValue(leaf);
    case 'absent':
      return markAbsent(leaf);
    case 'revert': {
      const extracted = row.extracted?.[column];
      if (!extracted)
        throw new RequestError(
          'invalid',
          'nothing_extracted',
          `${leaf.label} was not extracted: there is nothing to revert to`,
        );
      return { ...extracted, path: leaf.path };
    }
  }
}

function notSettable(leaf: Value): RequestError {
  return new RequestError('invalid', 'not_a_value', `${leaf.label} is a list: insert rows into it`);
}

function sameDecisions(one: readonly Value[], other: readonly Value[]): boolean {
  return one.every((leaf, index) => leaf.state === other[index]?.state && leaf.value === other[index]?.value);
}

/** Changes a row in place and says what it was and is. */
export function changeRow(
  account: OpenAccount,
  row: OpenRow,
  kind: EditKind,
  path: string,
  changes: Partial<Pick<OpenRow, 'leaves' | 'extracted' | 'isDeleted'>>,
): Change {
  const before = stateOf(row);
  Object.assign(row, changes, { version: row.version + 1 });
  const { documentId, accountIndex } = account;
  return { kind, documentId, accountIndex, valueId: row.id, path, before, after: stateOf(row) };
}

export function stateOf({ leaves, extracted, isDeleted }: OpenRow): EditState {
  return { leaves, extracted, isDeleted };
}

function insertRow(definition: Definition, accounts: readonly OpenAccount[], operation: InsertRow): Change {
  const { document_id, account_index, at, values } = operation;
  const account = accounts.find((one) => one.documentId === document_id && one.accountIndex === account_index);
  const found = listAt(definition.fields, operation.path);
  if (!account || account.rows.length === 0) {
    throw new RequestError('not_found', 'unknown_account', 'The current run of this session has no such account');
  }
  if (!found) {
    throw new RequestError('invalid', 'unknown_list', `The schema has no list ${JSON.stringify(operation.path)}`);
  }
  const path = pathText(found.path);
  const columns = columnsOf(found.list.item);
  const given = valuesByColumn(columns, values, path);
  const leaves = columns.map((column) => {
    const blank = blankCell(column.field, [...found.path, 0, ...column.path]);
    const value = given.get(column);
    return value === undefined ? blank : setValue(column.field, blank, value, definition.locale);
  });
  const { id = newId(), row_id: rowId = newId() } = operation;
  const row: OpenRow = {
    id,
    path,
    rowId,
    isListRow: true,
    leaves,
    extracted: [],
    isDeleted: false,
    needsAttention: 0,
    version: 1,
  };
  account.rows.splice(insertionPoint(definition, account.rows, path, at), 0, row);
  const { documentId, accountIndex } = account;
  return { kind: 'insert_row', documentId, accountIndex, valueId: id, path, before: null, after: stateOf(row) };
}

/** Fills a cell that a row does not have; its place is behind those that it has, whose names stay. */
function setCell(definition: Definition, accounts: readonly OpenAccount[], operation: SetCell): Change {
  const { row_id: rowId, value, evidence } = operation;
  const { account, row } = findRow(accounts, (one) => one.rowId === rowId, rowId);
  if (row.isDeleted) throw new RequestError('invalid', 'deleted_row', 'This row is deleted');
  const found = listAt(definition.fields, row.path);
  const columns = found ? columnsOf(found.list.item) : [];
  const [column] = valuesByColumn(columns, { [operation.column]: value }, row.path).keys();
  if (!found || !column) throw new RequestError('invalid', 'unknown_list', `The schema has no list ${row.path}`);
  const isOf = ({ path }: Value) => pathText(path.slice(found.path.length + 1)) === pathText(column.path);
  const at = row.leaves.findIndex(isOf);
  const index = row.leaves[0]?.path[found.path.length] ?? 0;
  const leaf = row.leaves[at] ?? blankCell(column.field, [...found.path, index, ...column.path]);
  const place = evidence && { pageNum: evidence.page_num, quote: evidence.quote, boxes: evidence.boxes };
  const set = setValue(column.field, leaf, value, definition.locale, place);
  const leaves = at < 0 ? [...row.leaves, set] : row.leaves.with(at, set);
  return changeRow(account, row, 'set', pathText(leaf.path), { leaves, extracted: row.extracted ?? row.leaves });
}

/** A column is named by its path within the row, or by its bare name. */
function valuesByColumn(
  columns: readonly Column[],
  values: Readonly<Record<string, Scalar>>,
  list: string,
): Map<Column, Scalar> {
  return new Map(
    Object.entries(values).map(([name, value]) => {
      const column =
        columns.find(({ path }) => pathText(path) === name) ??
        columns.find(({ path }) => path.length === 1 && path[0] === name);
      if (column) return [column, value];
      const known = columns.map(({ path }) => pathText(path)).join(', ');
      throw new RequestError('invalid', 'unknown_column', `${list} has no column ${JSON.stringify(name)}: ${known}`);
    }),
  );
}

/** Where the row with this number of a list stands, or comes to stand, among all rows of the account. */
function insertionPoint(
  definition: Definition,
  rows: readonly OpenRow[],
  path: string,
  at: number | undefined,
): number {
  const own = rows.flatMap((row, index) => (row.path === path && row.isListRow && !row.isDeleted ? [index] : []));
  const found = at === undefined ? undefined : own[at];
  if (found !== undefined) return found;
  const last = own.at(-1);
  if (last !== undefined) return last + 1;
  const order = rowOrder(definition.fields);
  const place = order.get(path) ?? order.size;
  const next = rows.findIndex((row) => (order.get(row.path) ?? order.size) > place);
  return next < 0 ? rows.length : next;
}
