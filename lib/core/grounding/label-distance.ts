import type { ScalarField } from '#lib/core/fields/field.ts';
import { findPlaces } from './find-text.ts';
import type { PageIndex } from './index-page.ts';

/** Looking to the side is natural, looking across lines less so. */
const lineWeight = 3;
const none = 10;

/**
 * How far a value stands from the nearest of its field's labels, in page widths; labels to the left on its line and right
 * above it are near. Large when the page has none of them.
 */
export function labelDistance(index: PageIndex, words: readonly number[], field: ScalarField): number {
  const first = index.words[words[0] ?? -1];
  if (!first) return none;
  const labels = [field.label, ...field.aliases].flatMap((label) => findPlaces(index, label, false));
  const distances = labels.flatMap((labelWords) => {
    const last = index.words[labelWords.at(-1) ?? -1];
    if (!last || labelWords.some((word) => words.includes(word))) return [];
    const aside = first.x - (last.x + last.width);
    const down = first.y - last.y;
    const behind = aside < -0.3 ? 1 : 0;
    return Math.abs(aside) + lineWeight * Math.abs(down) + (down < -0.005 ? 1 : 0) + behind;
  });
  return Math.min(none, ...distances);
}
