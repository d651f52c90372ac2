import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Candidate } from './candidate.ts';
import { cellOf } from './captions.ts';
import type { Kind } from './kinds.ts';
import { type LabelHit, leadsToValue } from './labels.ts';
import { isNameLike } from './names.ts';
import { spansIn } from './spans.ts';
import { type IndexedWord, textOf, type View, wordsOfSpan } from './view.ts';

/** What is filled into a form is set larger than its captions, by so much. */
const larger = 1.1;
/** How far down a value may stand, in heights of its caption: a caption may have several lines. */
const maxDown = 5.5;
/** How wide a box may be that no other caption bounds, and how far left of its caption a value may begin. */
const maxWidth = 0.4;
const overhang = 0.006;
const fitInBox = 0.88;

/**
 * The value in the box of a form that a caption heads: the first line of larger print below it, up to where the caption
 * of the next box begins. Where everything is set in one size, or is only seen, there are no such boxes.
 */
export function inBox(
  view: View,
  hit: LabelHit,
  kind: Kind,
  field: ScalarField,
  locale: string,
  isLabel: (text: string) => boolean,
): Candidate[] {
  const words = view.isOcr || kind === 'choice' || leadsToValue(hit.line, hit.end) ? [] : filledIn(view, hit);
  if (words.length === 0) return [];
  const about = { reason: 'in the box of its label', score: hit.quality * fitInBox };
  if (kind === 'text' || kind === 'name' || kind === 'address') {
    const text = textOf(words);
    return isLabel(text) || (kind === 'name' && !isNameLike(text)) ? [] : [{ ...about, words, text }];
  }
  const text = textOf(words);
  const [span] = spansIn(words, field, locale);
  if (!span) return [];
  return [
    {
      ...about,
      score: about.score * span.fit,
      words: wordsOfSpan(words, span.start, span.end),
      text: text.slice(span.start, span.end),
      value: span.value,
    },
  ];
}

function filledIn(view: View, hit: LabelHit): IndexedWord[] {
  const own = cellOf(hit);
  const height = own?.words[0]?.height ?? 0;
  if (!own || height === 0) return [];
  const next = hit.line.cells.find(({ x, words }) => x > own.right && (words[0]?.height ?? 0) < larger * height);
  const right = Math.min(next?.x ?? 1, own.x + maxWidth);
  for (const line of view.lines.slice(hit.line.number + 1)) {
    const top = Math.min(...line.words.map(({ y }) => y));
    if (top - hit.line.y > maxDown * height) break;
    const words = line.words.filter(
      (word) => word.x >= own.x - overhang && word.x + word.width <= right + overhang && word.height >= larger * height,
    );
    if (words.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) return words;
  }
  return [];
}
