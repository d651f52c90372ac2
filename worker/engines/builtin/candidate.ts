import type { IndexedWord } from './view.ts';

/** A value that a field may have. */
export interface Candidate {
  words: IndexedWord[];
  text: string;
  /** 0–1. */
  score: number;
  reason: string;
  /** A label names it, rather than the place where such values usually stand. */
  isLabelled?: boolean;
  /** A person should look at it, however well it fits: where such values stand, others stand as often. */
  isDoubtful?: boolean;
  value?: number | undefined;
  /** The label that names it. */
  label?: { letters: number; isLed: boolean; isExact: boolean };
}
