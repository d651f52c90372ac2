import type { AccountView, Results, ValueView } from '#lib/core/contract/results.ts';
import { parsePath, pathText, rowIndexAt } from '#lib/core/fields/path.ts';

/** A list of a schema: what its rows can hold, whether or not any row has it. */
export interface ListShape {
  path: string;
  label: string;
  columns: readonly { key: string; label: string; type: string }[];
}

const mark = '+';

/** The id of a cell that its row does not have: typing into it makes it. */
export const virtualId = (rowId: string, key: string): string => `${mark}${rowId}${mark}${key}`;

/** The row and column of such an id; null for one of a value that exists. */
export function isVirtual(id: string): { rowId: string; key: string } | null {
  if (!id.startsWith(mark)) return null;
  const [rowId = '', ...key] = id.slice(1).split(mark);
  return { rowId, key: key.join(mark) };
}

/** Results with a value, empty, for each cell that a row does not have: so that it can be stood on and typed into. */
export function withAllCells(results: Results, lists: readonly ListShape[]): Results {
  return { ...results, accounts: results.accounts.map((account) => withCells(account, lists)) };
}

function withCells(account: AccountView, lists: readonly ListShape[]): AccountView {
  const rows = Map.groupBy(
    account.fields.filter(({ row_id: rowId }) => rowId !== null),
    ({ row_id: rowId }) => rowId,
  );
  const missing = new Map([...rows].map(([rowId, cells]) => [rowId, missingCells(cells, lists)]));
  if ([...missing.values()].every(({ length }) => length === 0)) return account;
  const last = new Map(account.fields.map((field) => [field.row_id, field]));
  const fields = account.fields.flatMap((field) =>
    field.row_id !== null && last.get(field.row_id) === field ? [field, ...(missing.get(field.row_id) ?? [])] : [field],
  );
  return { ...account, fields };
}

function missingCells(cells: readonly ValueView[], lists: readonly ListShape[]): ValueView[] {
  const [first] = cells;
  const path = parsePath(first?.path ?? '');
  const at = path ? rowIndexAt(path) : -1;
  if (!first || !path || at < 0 || first.row_id === null) return [];
  const list = lists.find((one) => one.path === pathText(path.slice(0, at)));
  const row = pathText(path.slice(0, at + 1));
  const has = new Set(cells.map((cell) => cell.path));
  const { row_id: rowId } = first;
  return (list?.columns ?? []).flatMap(({ key, label, type }): ValueView[] => {
    if (key === '' || has.has(`${row}.${key}`)) return [];
    return [{ ...emptyCell, id: virtualId(rowId, key), path: `${row}.${key}`, row_id: rowId, label, type }];
  });
}

/** A value that says nothing. */
export const emptyCell = {
  value: null,
  raw: null,
  state: 'not_found',
  evidence: null,
  trust: 1,
  attention: false,
  attention_reason: null,
  signals: [],
  checks: [],
  original: null,
  suggestion: null,
  version: 0,
} as const satisfies Partial<ValueView>;
