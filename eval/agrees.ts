import type { Scalar } from '#lib/core/fields/path.ts';
import { lettersAndDigits } from '#lib/core/grounding/letters.ts';
import { meanTheSame } from '#lib/core/normalise/meaning.ts';

/**
 * Numbers agree within 0.01; everything else by what it means (`lib/core/normalise/meaning.ts`); longer texts with letters also when
 * nine of ten of their characters do.
 */
export function agrees(expected: Scalar, actual: unknown): boolean {
  if (typeof actual !== 'string' && typeof actual !== 'number' && typeof actual !== 'boolean') return false;
  if (actual === '') return false;
  if (typeof expected === 'number') return Math.abs(Number(actual) - expected) <= 0.01;
  if (meanTheSame(String(expected), String(actual))) return true;
  const [a, b] = [lettersAndDigits(String(expected)), lettersAndDigits(String(actual))];
  return /[a-z]/.test(a) && a.length > 6 && similarity(a, b) >= 0.9;
}

/** 0–1: one without Levenshtein's distance as a part of the longer text. */
export function similarity(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substituted));
    }
    row = next;
  }
  return 1 - (row[b.length] ?? 0) / Math.max(a.length, b.length, 1);
}
