import type { ScalarField } from '#lib/core/fields/field.ts';
import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import type { Candidate } from '../candidate.ts';
import type { View } from '../view.ts';
import { addsUp, amountsOn, timesOn } from './amounts.ts';
import { type Features, ownFeatures } from './features.ts';

/** What speaks for a chosen candidate and against it: its place, and what else the field could have been. */
export function scalarFeatures(
  view: View,
  field: ScalarField,
  chosen: Candidate,
  candidates: readonly Candidate[],
  locale: string,
): Features {
  const own = lettersAndDigits(chosen.text);
  const rivals = candidates.filter(({ text, score }) => lettersAndDigits(text) !== own && score > 0.3);
  const agreeing = candidates.filter(({ text }) => lettersAndDigits(text) === own);
  const best = Math.max(0, ...rivals.map(({ score }) => score));
  const place = view.lines.find((line) => line.words.some(({ index }) => index === chosen.words[0]?.index));
  const amounts = chosen.value === undefined ? [] : amountsOn(view, locale);
  const size = Math.abs(chosen.value ?? 0);
  return {
    ...ownFeatures(view, field, chosen.text, chosen.words),
    score: Math.min(1, chosen.score),
    'score of a rival': best,
    'lead over a rival': Math.max(-0.5, Math.min(1, chosen.score) - best),
    rivals: Math.min(1, new Set(rivals.map(({ text }) => lettersAndDigits(text))).size / 4),
    'no rival': rivals.length === 0 ? 1 : 0,
    'found twice': agreeing.length > 1 ? 1 : 0,
    labelled: chosen.isLabelled ? 1 : 0,
    'letters of the label': Math.min(1, (chosen.label?.letters ?? 0) / 20),
    'label leads to it': chosen.label?.isLed ? 1 : 0,
    'label as it is spelt': chosen.label?.isExact ? 1 : 0,
    lines: Math.min(1, view.lines.length / 80),
    doubtful: chosen.isDoubtful ? 1 : 0,
    [`read ${chosen.reason}`]: 1,
    height: place?.y ?? 0.5,
    'adds up': size > 0 && addsUp(amounts, size) ? 1 : 0,
    'printed again': size > 0 && timesOn(amounts, size) > 1 ? 1 : 0,
  };
}
