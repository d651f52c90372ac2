import type { Definition } from '../schema/definition.ts';
import type { ScalarField } from '../fields/field.ts';
import { type Pattern, patternOf } from '#lib/core/patterns/pattern.ts';
import type { Target } from './types.ts';
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
      field: evaluated(field.pattern),
      split: evaluated(split?.pattern ?? null),
    },
  };
}

/** Says that the form of the numbers could not be used; null when it could. */
export function unevaluatedPattern({ split }: Pick<Definition, 'split'>): string | null {
  const problem = split?.pattern ? patternOf(split.pattern).problem : null;
  return problem && `The schema's split.pattern was not used to find account numbers: it ${problem}.`;
}

/** A pattern of a saved version may be one that is not evaluated: it then says nothing about numbers. */
function evaluated(source: string | null): Pattern | null {
  const pattern = source === null ? null : patternOf(source);
  return pattern?.problem === null ? pattern : null;
}
