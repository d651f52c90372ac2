import type { Field } from '#lib/core/fields/field.ts';
import { pathText } from '#lib/core/fields/path.ts';

/** Paths of the single values that must be there, such as `Seller.Name`. */
export function requiredPaths(field: Field, path: readonly string[] = []): string[] {
  if (field.kind === 'list') return [];
  if (field.kind === 'scalar') return field.required ? [pathText(path)] : [];
  return field.fields.flatMap((each) => requiredPaths(each, [...path, each.name]));
}
