import type { AccountView, ValueView } from '#lib/core/contract/results.ts';
import { parsePath, pathText, rowIndexAt } from '#lib/core/fields/path.ts';
import { listPaths, type Names, scalarOf } from './made-result.ts';

/** What a person decided on one row of a list. */
export interface DecidedRow {
  cells: ReadonlyMap<string, string>;
  isDeleted: boolean;
}

/** What a person decided on one record, wherever its pages are now. */
export interface Decisions {
  /** null: marked absent. */
  scalars: Map<string, string | null>;
  /** By list, then row id. */
  lists: Map<string, Map<string, DecidedRow>>;
}

/** What people did to a session, kept beside it. */
export interface EditModel {
  names: Names;
  numbers: readonly (string | null)[];
  decisions: Map<string, Decisions>;
  /** Which record each page belongs to: a part is known by its page, an account that people made by its number. */
  owners: string[];
  /** Of the schema, in the latest run. */
  version: 1 | 2;
  /** The page that gave nothing in the latest run. */
  failing: number | null;
  /** The number of the latest run. */
  attempt: number;
}

/** As much of a session's results as the model knows. */
interface View {
  accounts: {
    pages: readonly number[];
    scalars: Record<string, string | null | undefined>;
    rows: Record<string, Record<string, string | null | undefined>>;
  }[];
  /** Every text that a person wrote. */
  written: string[];
  /** Ids of rows that stand in two places, or that people deleted. */
  shared: string[];
  hasNotice: boolean;
}

export const scalarNames = ({ names, version }: EditModel) => names.scalars.slice(0, version === 1 ? 2 : 1);
export const listNames = ({ names, version }: EditModel) =>
  listPaths(names)
    .slice(0, version === 1 ? 2 : 1)
    .map(pathText);

export function recordOf(model: EditModel, { pages }: Pick<AccountView, 'pages'>): Decisions {
  const record = model.owners[pages[0] ?? -1] ?? '';
  const decided = model.decisions.get(record) ?? { scalars: new Map(), lists: new Map() };
  model.decisions.set(record, decided);
  return decided;
}

/** What the session must show: every decision in its own record and row, and nowhere else. */
export function expectedView(model: EditModel): View {
  const parts = [...Map.groupBy(model.owners.keys(), (page) => model.owners[page]).values()];
  const accounts = parts.map((pages) => {
    const { scalars } = recordOf(model, { pages });
    const [page = 0] = pages;
    const read = new Map(
      pages.length === 1 && page !== model.failing
        ? scalarNames(model).map((name) => [name, scalarOf(name, page, model.attempt)])
        : [],
    );
    const shown = scalarNames(model).flatMap((name) => {
      const value = scalars.has(name) ? scalars.get(name) : read.get(name);
      return value === undefined ? [] : [[pathText([name]), value] as const];
    });
    const rows = liveRows(model, pages).map(
      ([rowId, list, { cells }]) => [`${list} ${rowId}`, toCells(cells)] as const,
    );
    return { pages, scalars: Object.fromEntries(shown), rows: Object.fromEntries(rows) };
  });
  const written = accounts.flatMap(({ scalars, rows }) => [
    ...Object.values(scalars),
    ...Object.values(rows).flatMap((cells) => Object.values(cells)),
  ]);
  return { accounts: inOrder(accounts), written: byPeople(written), shared: [], hasNotice: hasHidden(model) };
}

/** The same of what the session does show. */
export function seenView(model: EditModel, accounts: readonly AccountView[], notice: string | null): View {
  const fields = accounts.flatMap((account) => account.fields);
  const expected = expectedView(model).accounts;
  const seen = accounts.map((account) => {
    const wanted = expected.find(({ pages }) => pages[0] === account.pages[0]);
    const scalars = Object.keys(wanted?.scalars ?? {}).map((path) => [
      path,
      valueOf(account.fields.find((field) => field.path === path)),
    ]);
    const rows = Object.entries(wanted?.rows ?? {}).map(([key, cells]) => {
      const own = account.fields.filter((field) => `${listOf(field)} ${field.row_id}` === key);
      const values = Object.keys(cells).map((column) => [
        column,
        valueOf(own.find((field) => columnOf(field) === column)),
      ]);
      return [key, Object.fromEntries(values)];
    });
    return { pages: account.pages, scalars: Object.fromEntries(scalars), rows: Object.fromEntries(rows) };
  });
  const shown = Map.groupBy(
    fields.filter(({ row_id: rowId }) => rowId !== null),
    ({ row_id: rowId }) => String(rowId),
  );
  const shared = [...shown].flatMap(([rowId, own]) => (new Set(own.map(rowOf)).size > 1 ? [rowId] : []));
  const deleted = [...model.decisions.values()].flatMap(({ lists }) =>
    [...lists.values()].flatMap((rows) => [...rows].filter(([, row]) => row.isDeleted)),
  );
  const revived = deleted.flatMap(([rowId]) => (shown.has(rowId) ? [rowId] : []));
  return {
    accounts: inOrder(seen),
    written: byPeople(fields.map(({ value }) => value)),
    shared: [...shared, ...revived],
    hasNotice: notice !== null,
  };
}

/** Rows of the record with these pages that people decided on and that are there. */
function liveRows(model: EditModel, pages: readonly number[]): [rowId: string, list: string, row: DecidedRow][] {
  const shown = listNames(model);
  return [...recordOf(model, { pages: [...pages] }).lists].flatMap(([list, rows]) =>
    shown.includes(list)
      ? [...rows].flatMap(([rowId, row]): [string, string, DecidedRow][] => (row.isDeleted ? [] : [[rowId, list, row]]))
      : [],
  );
}

/** Whether something was decided on a record that has no page now, or on a field that the schema lacks now. */
function hasHidden(model: EditModel): boolean {
  return [...model.decisions].some(([record, { scalars, lists }]) => {
    const decidedLists = [...lists].flatMap(([list, rows]) => ([...rows.values()].some(isDecision) ? [list] : []));
    const isThere = model.owners.includes(record);
    const isShown = (name: string, names: readonly string[]) => isThere && names.includes(name);
    return (
      [...scalars.keys()].some((name) => !isShown(name, scalarNames(model))) ||
      decidedLists.some((list) => !isShown(list, listNames(model)))
    );
  });
}

/** A row that a person added, which has both cells from them, and deleted again is none. */
function isDecision({ cells, isDeleted }: DecidedRow): boolean {
  return !isDeleted || cells.size < 2;
}

function toCells(cells: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...cells].map(([column, value]) => [pathText([column]), value]));
}

function byPeople(values: readonly unknown[]): string[] {
  return values
    .map(String)
    .filter((value) => value.startsWith('person '))
    .toSorted();
}

function inOrder(accounts: View['accounts']): View['accounts'] {
  return accounts.toSorted((a, b) => (a.pages[0] ?? 0) - (b.pages[0] ?? 0));
}

/** null only where a person said that there is none. */
function valueOf(field: ValueView | undefined): string | null | undefined {
  return field?.value === null && field.state !== 'absent'
    ? undefined
    : field && (field.value === null ? null : String(field.value));
}

export function listOf({ path }: ValueView): string {
  const steps = parsePath(path) ?? [];
  return pathText(steps.slice(0, Math.max(rowIndexAt(steps), 0)));
}

export function columnOf({ path }: ValueView): string {
  const steps = parsePath(path) ?? [];
  return pathText(steps.slice(rowIndexAt(steps) + 1));
}

function rowOf(field: ValueView): string {
  const steps = parsePath(field.path) ?? [];
  return pathText(steps.slice(0, rowIndexAt(steps) + 1));
}
