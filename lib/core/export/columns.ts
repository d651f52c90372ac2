import type { Field, ObjectField } from '#lib/core/fields/field.ts';
import type { ExportedSchema } from './input.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { columnNames } from './names.ts';

/** A column that holds a field. */
export interface FieldColumn {
  /** The path of its values without the numbers of rows, as text: no two columns have the same. */
  key: string;
  /** For programs: the names of the path with dots between, such as `Payments.Amount`. */
  name: string;
  /** For people. */
  label: string;
  /** A list of single values, all in one cell. */
  isJoined: boolean;
}

/** A table of an export: the accounts of a schema, or the rows of one of its lists. */
export interface Table {
  /** `''` for the accounts, else the list's path, such as `Payments`. */
  key: string;
  /** As a column's. */
  name: string;
  label: string;
  /** How many lists lie around its rows: 0 for accounts, 1 for a list. */
  depth: number;
  columns: FieldColumn[];
}

/** The tables that hold every field of a schema, those of earlier versions included: accounts first, then each list. */
export function tablesOf(schema: ExportedSchema): Table[] {
  const tables = new Map<string, Table>();
  for (const { fields } of schema.versions) addObject(tables, fields, { names: [], label: schema.name, depth: 0 });
  return [...tables.values()].filter((table) => table.key === '' || table.columns.length > 0);
}

interface Place {
  /** Of the fields from the record down. */
  names: readonly string[];
  label: string;
  depth: number;
}

function addObject(tables: Map<string, Table>, fields: ObjectField, place: Place): void {
  const table = tableAt(tables, place);
  for (const field of fields.fields) addField(tables, table, field, { names: place.names, label: '' });
}

function tableAt(tables: Map<string, Table>, place: Place): Table {
  const { label, depth } = place;
  const key = pathText(place.names);
  const table = tables.get(key) ?? { key, name: place.names.join('.'), label, depth, columns: [] };
  tables.set(key, table);
  return table;
}

function addField(tables: Map<string, Table>, table: Table, field: Field, around: Omit<Place, 'depth'>) {
  const names = [...around.names, field.name];
  const label = around.label ? `${around.label} – ${field.label}` : field.label;
  if (field.kind === 'object') {
    for (const part of field.fields) addField(tables, table, part, { names, label });
  } else if (field.kind === 'scalar') {
    addColumn(table, { names, label, isJoined: false });
  } else if (field.item.kind === 'scalar') {
    addColumn(table, { names, label, isJoined: true });
  } else {
    addList(tables, field.item, { names, label, depth: table.depth + 1 });
  }
}

/** A list in a list is a table of its own, with a number for each list around it. */
function addList(tables: Map<string, Table>, item: Field, place: Place): void {
  if (item.kind === 'object') addObject(tables, item, place);
  else if (item.kind === 'list' && item.item.kind !== 'scalar')
    addList(tables, item.item, { ...place, depth: place.depth + 1 });
  else {
    const { names, label } = place;
    addColumn(tableAt(tables, place), { names, label, isJoined: item.kind === 'list' });
  }
}

function addColumn(table: Table, { names, ...column }: Omit<Place, 'depth'> & Pick<FieldColumn, 'isJoined'>): void {
  const key = pathText(names);
  if (!table.columns.some((other) => other.key === key)) table.columns.push({ ...column, key, name: names.join('.') });
}

/** Columns before the fields: whose row it is. Their names are not those that schemas like to use. */
const accountFront = {
  session: 'Session',
  session_status: 'Session status',
  document: 'Document',
  account: 'Account',
  account_no: 'Account no.',
  pages: 'Pages',
  needs_attention: 'Needs attention',
};
const listFront = { session: 'Session', document: 'Document', account: 'Account', account_no: 'Account no.' };
/** Columns behind the fields: what programs join tables by. */
const back = { session_id: 'Session ID', document_id: 'Document ID' };

export interface Heading {
  /** For CSV: names as in the API. */
  keys: string[];
  /** For worksheets. */
  labels: string[];
}

/** The heading of a table, each name in it once. Fields keep their names, ours give way. */
export function headingOf(table: Table): Heading {
  const front = table.depth === 0 ? accountFront : { ...listFront, ...rowNumbers(table.depth) };
  return {
    keys: uniqueHeading(
      Object.keys(front),
      table.columns.map(({ name }) => name),
      Object.keys(back),
    ),
    labels: uniqueHeading(
      Object.values(front),
      table.columns.map(({ label }) => label),
      Object.values(back),
    ),
  };
}

function uniqueHeading(front: readonly string[], fields: readonly string[], back: readonly string[]): string[] {
  const names = columnNames([...fields, ...front, ...back]);
  const ours = names.splice(fields.length);
  return [...ours.slice(0, front.length), ...names, ...ours.slice(front.length)];
}

/** `row` for the list itself; `outer_row` and so on for those around it come first. */
function rowNumbers(depth: number): Record<string, string> {
  const outer = Array.from({ length: depth - 1 }, (_, index) => index + 1);
  return {
    ...Object.fromEntries(outer.map((number) => [`outer_row_${number}`, `Outer row ${number}`])),
    row: 'Row',
  };
}
