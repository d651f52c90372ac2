import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Candidate } from './candidate.ts';
import { isGrandTotal, isTax, kindOf } from './kinds.ts';

/** Below this a value is not found rather than guessed. */
const minScore = 0.42;
/** Above this a labelled amount takes part in the search for the largest. */
const sureScore = 0.6;

export interface Choice {
  field: ScalarField;
  candidate: Candidate;
}

/**
 * Gives each field its best candidate, the surest first; a place on the page is given to one field only.
 * Deterministic: ties go to the earlier field, then to the earlier place.
 */
export function choose(options: readonly { field: ScalarField; candidates: readonly Candidate[] }[]): Choice[] {
  const all = options.flatMap(({ field, candidates }, order) =>
    preferred(field, candidates).map((candidate) => ({ field, candidate, order })),
  );
  all.sort(
    (a, b) => b.candidate.score - a.candidate.score || a.order - b.order || placeOf(a.candidate) - placeOf(b.candidate),
  );
  const taken = new Set<number>();
  const chosen = new Map<ScalarField, Candidate>();
  for (const { field, candidate } of all) {
    if (candidate.score < minScore || chosen.has(field)) continue;
    // A currency's sign is part of an amount too.
    const isShared = kindOf(field) === 'currency';
    if (!isShared && candidate.words.some((word) => taken.has(word.index))) continue;
    chosen.set(field, hasRival(candidate, all, field) ? { ...candidate, isDoubtful: true } : candidate);
    if (!isShared) for (const word of candidate.words) taken.add(word.index);
  }
  return options.flatMap(({ field }) => {
    const candidate = chosen.get(field);
    return candidate ? [{ field, candidate }] : [];
  });
}

/** Candidates of nearly the same score are as likely. */
const nearlyAsGood = 0.95;

/** Whether another place that fits as well says something else, such as the tax number of the other party. */
function hasRival({ score, text, value }: Candidate, all: readonly Choice[], field: ScalarField): boolean {
  if (value !== undefined) return false;
  return all.some(
    (other) =>
      other.field === field &&
      other.candidate.isLabelled === true &&
      other.candidate.score >= nearlyAsGood * score &&
      lettersAndDigits(other.candidate.text) !== lettersAndDigits(text),
  );
}

/** Cash is rounded by at most this; the rounded total stands below the exact one. */
const maxRounding = 0.05;

/** A grand total is the largest of the amounts that its labels name; of those that differ by rounding the last. */
function preferred(field: ScalarField, candidates: readonly Candidate[]): Candidate[] {
  if (kindOf(field) === 'number' && isTax(field)) return oneTax(candidates);
  if (kindOf(field) !== 'number' || !isGrandTotal(field)) return [...candidates];
  const good = candidates.filter((candidate) => candidate.score >= sureScore);
  const largest = Math.max(...good.map(sizeOf));
  const near = good.filter((candidate) => largest - sizeOf(candidate) <= maxRounding + 1e-9);
  const last = near.toSorted((one, other) => placeOf(one) - placeOf(other)).at(-1);
  return candidates.map((candidate) =>
    last && candidate.score >= sureScore && sizeOf(candidate) === sizeOf(last)
      ? { ...candidate, score: Math.min(1, candidate.score + 0.35) }
      : candidate,
  );
}

function sizeOf(candidate: Candidate): number {
  return Math.abs(candidate.value ?? 0);
}

/** Several rates of tax and no sum of them: none of them is the tax of the document. */
function oneTax(candidates: readonly Candidate[]): Candidate[] {
  const best = Math.max(...candidates.map((candidate) => candidate.score));
  const near = candidates.filter((candidate) => candidate.score > best - 0.15);
  const values = new Set(near.map((candidate) => candidate.value));
  return values.size > 1 && best < 0.95 ? [] : [...candidates];
}

function placeOf(candidate: Candidate): number {
  return candidate.words[0]?.index ?? 0;
}
