import { businessTerms, invoiceTerms, lineGroup, lineTerms } from '../fields/business-terms.ts';
import type { Field, ListField, ScalarField } from '../fields/field.ts';
import { labelOf } from '../fields/label.ts';
import { lettersAndDigits } from '../grounding/letters.ts';
import { columnsOf } from './list-rows.ts';

const termByWord = new Map(Object.entries(businessTerms).map(([id, label]) => [lettersAndDigits(label), id]));

/** Only lines of goods have these; amounts with a description may as well be payments. */
const tellingTerms = ['BT-129', 'BT-146'];

/**
 * The business term that a field is in an electronic invoice: the one that it names, or one whose words are its name or
 * one of its labels. null when it is none.
 */
export function termOf(field: ScalarField, isInLine: boolean): string | null {
  if (field.term !== undefined) return field.term;
  const known = isInLine ? lineTerms : invoiceTerms;
  const words = [labelOf(field.name), field.label, ...field.aliases];
  return words.map((word) => termByWord.get(lettersAndDigits(word))).find((id) => id && known.includes(id)) ?? null;
}

/** Whether a list is the lines of an electronic invoice: it says so, or its columns do. */
export function isLines({ term, item }: ListField): boolean {
  if (term !== undefined) return term === lineGroup;
  const terms = columnsOf(item).map(({ field }) => termOf(field, true));
  return tellingTerms.some((id) => terms.includes(id)) && terms.filter(Boolean).length > 1;
}

/** Whether every value is one of an electronic invoice: then nothing else need be read on its pages. */
export function isAllTerms(field: Field, isInLine = false): boolean {
  if (field.kind === 'object') return field.fields.every((part) => isAllTerms(part, isInLine));
  if (field.kind === 'list') return isLines(field) && isAllTerms(field.item, true);
  return termOf(field, isInLine) !== null;
}
