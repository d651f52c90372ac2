import type { Definition } from '../schema/definition.ts';
import type { ScalarField } from '../fields/field.ts';
import type { Target, PageEvidence } from './types.ts';
import { splitPages } from './split.ts';
import { targetOf } from './target.ts';

const numberName = /(?:^|[\s_])(?:number|no|nr|id|#)\.?$/i;

/** The field that would tell records of a schema without `split` apart: its first number-like text. */
export function recordTarget(definition: Pick<Definition, 'fields'>): Target | null {
  const field = definition.fields.fields.find(
    (one): one is ScalarField =>
      one.kind === 'scalar' && one.type === 'string' && one.format === null && numberName.test(one.label),
  );
  return field ? targetOf(field, { split: null, fields: definition.fields }) : null;
}

/** Says that a document which is not split looks like several records; null when it does not. */
export function severalRecords(pages: readonly PageEvidence[], name: string): string | null {
  const { accounts } = splitPages(pages);
  if (accounts.length < 2) return null;
  const numbers = accounts.slice(0, 5).map((account) => account.accountNumber);
  const more = accounts.length > numbers.length ? ', …' : '';
  const what = name.toLowerCase().replace(/s$/, '');
  return `Looks like ${accounts.length} ${what}s (${numbers.join(', ')}${more}). The schema does not say how to split them, so they are read as one.`;
}
