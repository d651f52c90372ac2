import { fieldAt } from './definition.ts';
import type { Field, ObjectField, ScalarField } from './field.ts';
import type { Leaf, Path } from './leaf.ts';
import { pathText } from './path.ts';

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

/** The list field at a dotted path such as `Payments`; null when there is none. */
export function listAt(fields: ObjectField, path: string): Extract<Field, { kind: 'list' }> | null {
  const field = fieldAt(fields, path.split('.'));
  return field?.kind === 'list' ? field : null;
}

/** Counts the rows of each list anew from 0, in the order given, and leaves single values alone. */
export function renumber<Row extends { path: string; leaves: Leaf[]; isListRow: boolean }>(
  rows: readonly Row[],
): Row[] {
  const next = new Map<string, number>();
  return rows.map((row) => {
    if (!row.isListRow) return row;
    const index = next.get(row.path) ?? 0;
    next.set(row.path, index + 1);
    return { ...row, leaves: row.leaves.map((leaf) => ({ ...leaf, path: atIndex(leaf.path, row.path, index) })) };
  });
}

/** The path of a leaf of the list at `list`, in the row at `index`. */
function atIndex(path: Path, list: string, index: number): Path {
  const place = path.findIndex((step, at) => typeof step === 'number' && pathText(path.slice(0, at)) === list);
  return place < 0 ? path : path.with(place, index);
}
