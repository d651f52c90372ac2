import type { Definition } from '../definition.ts';
import type { ScalarField } from '../field.ts';
import type { Target } from './evidence.ts';
import { identifierLabels, otherLabels } from './labels.ts';

/** What tells accounts apart by a schema's `split`; null when it does not split. */
export function splitTarget({ split, fields }: Pick<Definition, 'split' | 'fields'>): Target | null {
  const field = split ? fields.fields.find((one) => one.name === split.by) : undefined;
  return field?.kind === 'scalar' ? targetOf(field, { split, fields }) : null;
}

/** What tells records apart by a field. */
export function targetOf(field: ScalarField, { split, fields }: Pick<Definition, 'split' | 'fields'>): Target {
  return {
    identifier: identifierLabels(field),
    others: otherLabels(fields.fields, field.name),
    shape: {
      field: field.pattern === null ? null : new RegExp(field.pattern, 'u'),
      split: split?.pattern ? new RegExp(split.pattern, 'u') : null,
    },
  };
}
