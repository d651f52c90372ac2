/** How many calls may run at a time, following the server. */
export interface Limit {
  /** Whole calls, at least 1. */
  now(): number;
  /** A call starts; its number is for `congested`. */
  begin(): number;
  answered(): void;
  /** The call was turned away or not answered. */
  congested(call: number): void;
}

/** A sign of congestion shrinks the limit to so much of itself. */
const shrinkTo = 0.7;

/**
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989): two more for each full round of answers, fewer at
 * once on congestion. Calls that started before the last decrease say nothing new and do not decrease it again.
 */
export function openLimit(most: number): Limit {
  let limit = most;
  let started = 0;
  let shrunkAt = 0;
  return {
    now: () => Math.floor(limit),
    begin: () => ++started,
    answered() {
      limit = Math.min(most, limit + 2 / limit);
    },
    congested(call) {
      if (call <= shrunkAt) return;
      limit = Math.max(1, limit * shrinkTo);
      shrunkAt = started;
    },
  };
}
