import type { ScalarField } from '#lib/core/fields/field.ts';
import { findDates } from '#lib/core/normalise/date.ts';
import { findNumbers } from '#lib/core/normalise/number.ts';
import { spell } from '#lib/core/normalise/spelling.ts';
import type { Claim } from './quote.ts';
import { lookalikes } from './find-text.ts';
import { isBound } from './find-value.ts';
import { lettersAndDigits } from './letters.ts';
import { type PageIndex, printed } from './index-page.ts';
import { type Said, saidAt } from './says.ts';

/** How the words of a quote support a text: they say it, or say it in other words. */
export interface Support extends Pick<Said, 'leavesOut'> {
  kind: 'says' | 'rewords';
}

/**
 * What the words of a quote say of the text that they are quoted for: they say it, in its own words or in another form of
 * a date or a number; they may say it in other words, where it has no figures or signs that the quote lacks; or they do
 * not (null).
 */
export function supportOf(
  index: PageIndex,
  words: readonly number[],
  { value, raw }: Claim,
  field: ScalarField,
  locale: string,
): Support | null {
  // Yes and no are ticked, struck out or meant, seldom printed.
  if (field.type === 'boolean') return { kind: 'says', leavesOut: 'nothing' };
  const texts = [String(value), raw];
  for (const text of texts) {
    const said = saidAt(index, words, text);
    if (said) return { kind: 'says', leavesOut: said.leavesOut };
  }
  if (isSaidOtherwise(printed(index, words), String(value), locale)) return { kind: 'says', leavesOut: 'nothing' };
  const rewords: Support = { kind: 'rewords', leavesOut: 'nothing' };
  if (texts.some((text) => saidAt(index, words, text, lookalikes))) return rewords;
  const hasFigures = texts.every((text) => spell(text).some(({ kind }) => kind !== 'letter'));
  return hasFigures || texts.some((text) => hasWords(index, words, text)) ? null : rewords;
}

/** `2025-01-03` is said by `3 Jan 2025`, `1234.5` by `1.234,50`. */
function isSaidOtherwise(quote: string, value: string, locale: string): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return findDates(quote, locale).some((date) => date.value === value);
  if (!/^-?\d+(?:\.\d+)?$/.test(value)) return false;
  const numbers = findNumbers(quote, locale).filter(({ start }) => !isBound(quote, start));
  return numbers.some((found) => found.value === Number(value));
}

/** The very words are there, and yet they mean something else: `A` in `Rating: A+`. */
function hasWords(index: PageIndex, words: readonly number[], text: string): boolean {
  const said = words.map((word) => lettersAndDigits(index.words[word]?.text ?? '')).join(' ');
  const wanted = text.split(/\s+/).map(lettersAndDigits).join(' ');
  return ` ${said} `.includes(` ${wanted} `);
}
