import type { ScalarField } from '#lib/extraction/field.ts';
import type { Candidate } from './candidates.ts';
import { kindOf } from './kinds.ts';

/** Below this a value is not found rather than guessed. */
const leastScore = 0.42;

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
    if (candidate.score < leastScore || chosen.has(field)) continue;
    if (candidate.words.some((word) => taken.has(word.index))) continue;
    chosen.set(field, candidate);
    // A currency's sign is part of an amount too.
    if (kindOf(field) !== 'currency') for (const word of candidate.words) taken.add(word.index);
  }
  return options.flatMap(({ field }) => {
    const candidate = chosen.get(field);
    return candidate ? [{ field, candidate }] : [];
  });
}

/** A grand total is the largest of the amounts that its labels name, and the last of equal ones. */
function preferred(field: ScalarField, candidates: readonly Candidate[]): Candidate[] {
  const isTotal =
    kindOf(field) === 'number' &&
    /^(grand.?)?total$|grand.?total|total.?due|amount.?due|total with tax|what was paid/i.test(field.name.trim());
  const isDescribedTotal = /total with tax|what was paid/i.test(field.description ?? '');
  if (kindOf(field) !== 'number' || !(isTotal || isDescribedTotal)) return [...candidates];
  const good = candidates.filter((candidate) => candidate.score >= leastScore);
  const largest = Math.max(...good.map((candidate) => candidate.value ?? 0));
  return candidates.map((candidate) =>
    candidate.value === largest && candidate.score >= leastScore
      ? { ...candidate, score: Math.min(1, candidate.score + 0.25) }
      : candidate,
  );
}

function placeOf(candidate: Candidate): number {
  return candidate.words[0]?.index ?? 0;
}
