import type { Operation } from '#lib/core/contract/edits.ts';
import type { AccountView, Results, ValueView } from '#lib/core/contract/results.ts';
import type { Entry } from '#app/api-client/outbox.ts';
import { emptyCell, isVirtual, type ListShape } from '../fields/list-shapes.ts';

/** What the server will most likely answer to changes that are on their way to it. */
export function expected(results: Results, entries: readonly Entry[], lists: readonly ListShape[]): Results {
  const undone = new Set(
    entries.flatMap(({ operations }) => operations.flatMap((one) => (one.op === 'undo' ? one.change_id : []))),
  );
  return entries
    .filter(({ id }) => !undone.has(id))
    .flatMap(({ operations }) => operations)
    .reduce((now, operation) => expect(now, operation, lists), results);
}

function expect(now: Results, operation: Operation, lists: readonly ListShape[]): Results {
  if (operation.op === 'insert_row') return withRow(now, operation, lists);
  const isOf = targetOf(operation);
  if (!isOf) return now;
  const accounts = now.accounts.map((account) => {
    if (!account.fields.some(isOf)) return account;
    if (operation.op === 'delete_row') return { ...account, fields: account.fields.filter((field) => !isOf(field)) };
    const change = expectedChange(operation);
    return { ...account, fields: account.fields.map((field) => (isOf(field) ? { ...field, ...change } : field)) };
  });
  return { ...now, accounts };
}

/** The fields that an operation is about; null where nothing is expected of it. */
function targetOf(operation: Operation): ((field: ValueView) => boolean) | null {
  switch (operation.op) {
    case 'set':
    case 'confirm':
    case 'absent':
      return (field) => field.id === operation.id;
    case 'set_cell':
      return (field) => field.row_id === operation.row_id && field.path.endsWith(`.${operation.column}`);
    case 'delete_row':
      return (field) => field.row_id === operation.row_id;
    default:
      return null;
  }
}

function expectedChange(operation: Operation): Partial<ValueView> {
  if (operation.op === 'confirm') return { state: 'confirmed', ...settled };
  if (operation.op === 'absent') return { state: 'absent', value: null, ...settled };
  if (operation.op !== 'set' && operation.op !== 'set_cell') return {};
  return { state: 'edited', value: operation.value, raw: null, checks: [], ...settled };
}

const settled = { suggestion: null, attention: false, attention_reason: null } as const;

/** A new row as it will be: empty but for what it was given. */
function withRow(
  now: Results,
  { document_id, account_index, path, at, id, row_id, values }: Extract<Operation, { op: 'insert_row' }>,
  lists: readonly ListShape[],
): Results {
  const list = lists.find((one) => one.path === path);
  if (!list || id === undefined || row_id === undefined) return now;
  const accounts = now.accounts.map((account): AccountView => {
    if (account.document_id !== document_id || account.account_index !== account_index) return account;
    const rows = [...new Set(account.fields.flatMap((field) => (isIn(field, path) ? (field.row_id ?? []) : [])))];
    const next = at === undefined ? undefined : rows[at];
    const before = next === undefined ? -1 : account.fields.findIndex((field) => field.row_id === next);
    const last = account.fields.findLastIndex((field) => isIn(field, path));
    const place = before >= 0 ? before : last >= 0 ? last + 1 : account.fields.length;
    const cells = list.columns.map((column, number): ValueView => ({
      ...emptyCell,
      state: 'absent',
      id: `${id}.${number}`,
      path: `${path}[${at ?? rows.length}]${column.key === '' ? '' : `.${column.key}`}`,
      row_id,
      label: column.label,
      type: column.type,
      ...(column.key in values ? { value: values[column.key] ?? null, state: 'edited' as const } : {}),
    }));
    return { ...account, fields: account.fields.toSpliced(place, 0, ...cells) };
  });
  return { ...now, accounts };
}

const isIn = (field: ValueView, list: string) => field.row_id !== null && field.path.startsWith(`${list}[`);

/** An operation as the server knows it: a cell that its row does not have yet is named by its row and column. */
export function toServer(operation: Operation): Operation {
  if (!('id' in operation) || operation.op === 'insert_row' || operation.id === undefined) return operation;
  const cell = isVirtual(operation.id);
  if (!cell) return operation;
  const about = { op: 'set_cell' as const, row_id: cell.rowId, column: cell.key };
  if (operation.op === 'set') {
    return { ...about, value: operation.value, ...(operation.evidence ? { evidence: operation.evidence } : {}) };
  }
  return { ...about, value: '' };
}
