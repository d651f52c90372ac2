import type { Field } from '#lib/core/fields/field.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { columnsOf } from '#lib/core/values/list-rows.ts';
import type { ListShape } from './review/fields/list-shapes.ts';

/** The lists of a schema with all their columns, in its order; lists inside lists are none of their own. */
export function listShapesOf(field: Field, path: readonly string[] = []): ListShape[] {
  if (field.kind === 'scalar') return [];
  if (field.kind === 'object') return field.fields.flatMap((part) => listShapesOf(part, [...path, part.name]));
  const columns = columnsOf(field.item).map((column) => ({
    key: pathText(column.path),
    label: column.field.label,
    type: column.field.format ?? column.field.type,
  }));
  return [{ path: pathText(path), label: field.label, columns }];
}
