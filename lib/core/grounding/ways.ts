import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Claim, Difference } from './quote.ts';
import { findByText, lookalikes } from './find-text.ts';
import { findByValue, isAddress, isNumber } from './find-value.ts';
import { lettersAndDigits } from './letters.ts';
import { type PageIndex, printed } from './index-page.ts';
import { type Said, saidAt } from './says.ts';
import { supportOf } from './support.ts';

/** One way to find a claim. */
export interface Way {
  find: () => Said[];
  /** In what all that it finds differs from the claim. */
  difference: Difference | null;
}

/** The ways to find a claim on a page, the surest first. */
export function waysToFind(index: PageIndex, claim: Claim, field: ScalarField, locale: string): Way[] {
  if (!isNumber(claim.value, field) && field.format === null) return waysToFindText(index, claim, field, locale);
  const typed = waysToFindTyped(index, claim, field, locale);
  return isAddress(field) ? [...typed, ...waysToFindText(index, claim, field, locale)] : typed;
}

/** A number or a date: where its quote stands and says it, then wherever it is printed in any form of its type. */
function waysToFindTyped(index: PageIndex, claim: Claim, field: ScalarField, locale: string): Way[] {
  const pointed = pointedAt(index, claim);
  const texts = textsOf(claim);
  return (['same', 'any'] as const).flatMap((sign): Way[] => {
    const difference = sign === 'any' ? 'sign' : null;
    const says = ({ words }: Said) => findByValue(index, claim.value, field, locale, words, sign).length > 0;
    const anywhere = () => findByValue(index, claim.value, field, locale, null, sign).map(whole);
    const ways = [
      () => pointed.filter(says),
      ...texts.map((text) => () => findByText(index, text).filter(says)),
      anywhere,
    ];
    return ways.map((find) => ({ find, difference }));
  });
}

/** A text: where its quote stands and says it, then where it stands itself, then both with characters that look alike. */
function waysToFindText(index: PageIndex, claim: Claim, field: ScalarField, locale: string): Way[] {
  // A mark alone says nothing, unless it is a choice or a tick.
  const saysSomething = (text: string) =>
    lettersAndDigits(text) !== '' || field.enum !== null || field.type === 'boolean';
  const quotes = [claim.quote ?? ''].filter(saysSomething);
  const values = [...new Set([claim.raw, String(claim.value)])].filter(saysSomething);
  const supported = (quote: string, wanted: 'says' | 'rewords') => () =>
    findByText(index, quote).flatMap(({ words }): Said[] => {
      const support = supportOf(index, words, claim, field, locale);
      return support?.kind === wanted ? [{ words, leavesOut: support.leavesOut }] : [];
    });
  return [
    { find: () => pointedAt(index, claim), difference: null },
    ...quotes.map((quote): Way => ({ find: supported(quote, 'says'), difference: null })),
    ...values.map((text): Way => ({ find: () => findByText(index, text), difference: null })),
    ...values.map((text): Way => ({ find: () => findByText(index, text, lookalikes), difference: 'lookalikes' })),
    // A choice need not be printed: that the page has its quote is all there is.
    ...quotes.map((quote): Way => ({ find: supported(quote, 'rewords'), difference: field.enum ? null : 'wording' })),
  ];
}

/** Where the engine pointed, the page's own words decide; those of an address need not be next to each other. */
function pointedAt(index: PageIndex, { hint, raw }: Claim): Said[] {
  if (!hint || lettersAndDigits(raw) !== lettersAndDigits(printed(index, hint)) || lettersAndDigits(raw) === '')
    return [];
  const said = saidAt(index, hint, raw);
  return said ? [{ ...said, words: [...hint] }] : [];
}

function textsOf({ quote, raw }: Claim): string[] {
  return [quote, raw].filter((text): text is string => Boolean(text?.trim()));
}

function whole(words: number[]): Said {
  return { words, leavesOut: 'nothing' };
}
