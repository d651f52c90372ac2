import type { CharSet } from 'refa';

/** What two neighbouring characters must be, for what is between them: `\b`, `^`, `$`, `(?!x)`. */
export interface Gap {
  before: CharSet;
  /** Whether it may be the beginning of the text. */
  atStart: boolean;
  after: CharSet;
  /** Whether it may be the end of the text. */
  atEnd: boolean;
}

/** A gap that is both. */
export function and(one: Gap, other: Gap): Gap {
  return {
    before: one.before.intersect(other.before),
    atStart: one.atStart && other.atStart,
    after: one.after.intersect(other.after),
    atEnd: one.atEnd && other.atEnd,
  };
}

/** Ways into or out of a part, with what is passed before or after without a character. */
export function through(empty: readonly Gap[], ends: readonly [number, Gap][]): [number, Gap][] {
  return empty.flatMap((gap) => ends.map(([position, end]): [number, Gap] => [position, and(gap, end)]));
}

/** Of equal ways without a character two at most: the second already makes it ambiguous. */
export function fewOf(gaps: readonly Gap[]): Gap[] {
  const counts = new Map<string, number>();
  return gaps.filter((gap) => {
    const key = `${gap.before.toString()} ${gap.atStart} ${gap.after.toString()} ${gap.atEnd}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return (counts.get(key) ?? 0) <= 2;
  });
}

export interface Link extends Gap {
  from: number;
  to: number;
}
