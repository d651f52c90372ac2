import { fieldAt } from '#lib/core/fields/field.ts';
import type { Field, ListField, ObjectField, ScalarField } from '../fields/field.ts';
import type { Value } from './value.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { pathReadings, pathText, rowIndexAt } from '../fields/path.ts';

/** A column of a list: where it stands within a row, and its field. */
export interface Column {
  /** Relative to the row; empty for a list of single values. */
  path: Path;
  field: ScalarField;
}

/** The single values that one row of a list can hold, in schema order. Lists inside lists are not among them. */
export function columnsOf(item: Field, path: Path = []): Column[] {
  if (item.kind === 'scalar') return [{ path, field: item }];
  if (item.kind === 'list') return [];
  return item.fields.flatMap((part) => columnsOf(part, [...path, part.name]));
}

/** The list that a text such as `Payments` names, and its path; null when there is none. */
export function listAt(fields: ObjectField, text: string): { list: ListField; path: Path } | null {
  for (const path of pathReadings(text)) {
    const field = fieldAt(fields, path);
    if (field?.kind === 'list') return { list: field, path };
  }
  return null;
}

/** The path of a row of values by its leaves: of a scalar its own, of a list row the list's. null without leaves. */
export function rowPath({ leaves }: { leaves: readonly Value[] }): string | null {
  const [first] = leaves;
  if (!first) return null;
  const at = rowIndexAt(first.path);
  return pathText(at < 0 ? first.path : first.path.slice(0, at));
}

/** The paths of all scalars and lists of a record, each with its place in schema order. */
export function rowOrder(fields: ObjectField): ReadonlyMap<string, number> {
  return new Map(rowPaths(fields, []).map((path, index) => [pathText(path), index]));
}

function rowPaths({ fields }: ObjectField, above: Path): Path[] {
  return fields.flatMap((field) => {
    const path = [...above, field.name];
    return field.kind === 'object' ? rowPaths(field, path) : [path];
  });
}

/** Counts the rows of each list again from 0, in the order given, and leaves single values alone. */
export function renumber<Row extends { path: string; leaves: Value[]; isListRow: boolean }>(
  rows: readonly Row[],
): Row[] {
  const next = new Map<string, number>();
  return rows.map((row) => {
    if (!row.isListRow) return row;
    const index = next.get(row.path) ?? 0;
    next.set(row.path, index + 1);
    return { ...row, leaves: row.leaves.map((leaf) => ({ ...leaf, path: atIndex(leaf.path, index) })) };
  });
}

/** The path of a cell in the row at `index`: lists inside rows keep their numbers. */
function atIndex(path: Path, index: number): Path {
  const at = rowIndexAt(path);
  return at < 0 ? path : path.with(at, index);
}
