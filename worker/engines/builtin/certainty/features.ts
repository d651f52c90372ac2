import type { ScalarField } from '#lib/core/fields/field.ts';
import { kindOf } from '../kinds.ts';
import type { IndexedWord, View } from '../view.ts';

/**
 * What is known of a value that was chosen, by name: numbers of about 0 to 1. None of them says what the field is called, or
 * who sent the document. A name that is not there counts as 0.
 */
export type Features = Readonly<Record<string, number>>;

/** What any value shows of itself: how surely its words were seen, what it looks like, whether it says its kind. */
export function ownFeatures(view: View, field: ScalarField, text: string, words: readonly IndexedWord[]): Features {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const digits = text.match(/\d/g)?.length ?? 0;
  const all = Math.max(1, text.replace(/\s/g, '').length);
  const kind = kindOf(field);
  const isText = kind === 'text' || kind === 'name' || kind === 'address';
  return {
    [`kind ${kind}`]: 1,
    ocr: view.isOcr ? 1 : 0,
    'seen surely': mean(words.map(({ confidence }) => confidence ?? 1)),
    'seen least surely': Math.min(1, ...words.map(({ confidence }) => confidence ?? 1)),
    length: Math.min(1, text.length / 60),
    short: text.length < 3 ? 1 : 0,
    letters: letters / all,
    'text with digits': isText ? digits / all : 0,
    'text of one word': isText && words.length === 1 ? 1 : 0,
    'ends open': /[:,;(\-–]$/.test(text.trim()) ? 1 : 0,
    decimals: kind === 'number' && /[.,]\d{2}\D*$/.test(text) ? 1 : 0,
    'small number': kind === 'number' && digits < 3 ? 1 : 0,
    required: field.required ? 1 : 0,
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
