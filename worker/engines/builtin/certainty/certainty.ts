import type { ReadValue } from '#lib/core/values/value.ts';
import type { Features } from './features.ts';
import { certaintyOf, readScorer, type Scorer } from './model.ts';

let shipped: Scorer | null = null;

/** What `npm run train` learned: weights.json beside this file. */
export function shippedScorer(): Scorer {
  return (shipped ??= readScorer(new URL('weights.json', import.meta.url)));
}

/** The value with the share of right ones among those that look like it. */
export function withCertainty(read: ReadValue, features: Features, scorer: Scorer): ReadValue {
  return { ...read, certainty: Math.round(certaintyOf(scorer, features) * 1000) / 1000 };
}
