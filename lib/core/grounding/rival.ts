import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Claim } from './quote.ts';
import { findPlaces } from './find-text.ts';
import { type PageIndex, printed } from './index-page.ts';
import { labelDistance } from './label-distance.ts';
import { saidAt } from './says.ts';

/** A value so near to its label is the label's own. */
const maxRivalDistance = 0.2;
/** How much farther from the label the place of the claim must be. */
const minLead = 0.1;

/**
 * What stands beside the field's label with the letters and digits of a claim but other signs, where the claim itself was
 * found farther away: `A+` beside `Blood type` when `A-` was found in another line. null when nothing does. Numbers and
 * dates have no rivals: they are compared by value.
 */
export function rivalOf(
  index: PageIndex,
  words: readonly number[],
  { raw, hint }: Claim,
  field: ScalarField,
): string | null {
  if (hint || field.type !== 'string' || field.format !== null) return null;
  const distance = labelDistance(index, words, field);
  const rivals = findPlaces(index, raw, false).flatMap((place) => {
    const away = labelDistance(index, place, field);
    const isNearer = away <= maxRivalDistance && away + minLead <= distance;
    return isNearer && saidAt(index, place, raw) === null ? [{ place, away }] : [];
  });
  const [nearest] = rivals.toSorted((a, b) => a.away - b.away);
  return nearest ? printed(index, nearest.place) : null;
}
