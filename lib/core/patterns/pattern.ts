import { LRUCache } from 'lru-cache';
import { RE2JS } from 're2js';
import { refuse, Unsupported } from './cursor.ts';
import { translate } from './translate.ts';

/** A pattern that somebody wrote into a schema. Runs alike in web process, worker and browser. */
export interface Pattern {
  /** Why it is not evaluated, to follow the name of a field; null when it is. */
  problem: string | null;
  /** About how many instructions it has; 0 for one that is not evaluated. */
  size: number;
  /** Whether it matches somewhere in a text; null when that was not checked, since it is not evaluated or the text is too long for it. */
  test(text: string): boolean | null;
}

export const maxPatternLength = 500;
/** Instructions that a pattern may have when its counts are written out. */
const maxPatternSize = 5000;
/**
 * The linear engine takes at most so many steps (instructions × characters) for one text: half a second where it is
 * slowest. A pattern of 20 instructions reads 100,000 characters with that.
 */
const maxSteps = 2_000_000;

/** By what is written; the sum of the sizes is limited. */
const patterns = new LRUCache<string, Pattern>({
  max: 2000,
  maxSize: 200_000,
  sizeCalculation: ({ size }) => Math.max(size, 1),
});

/** The pattern with this text, read and compiled once. */
export function patternOf(source: string): Pattern {
  const known = patterns.get(source);
  if (known) return known;
  const made = read(source);
  if (source.length <= maxPatternLength) patterns.set(source, made);
  return made;
}

/** Steps that the engine takes at most for a text. */
export function stepsOf({ size }: Pattern, text: string): number {
  return size * text.length;
}

function read(source: string): Pattern {
  try {
    if (source.length > maxPatternLength) refuse(`is longer than ${maxPatternLength} characters: shorten it`);
    const { re2, size } = translate(source);
    if (size > maxPatternSize) refuse('repeats too much inside what repeats: use smaller counts');
    let engine: RE2JS | null = null;
    return {
      problem: null,
      size,
      test(text) {
        if (size * text.length > maxSteps) return null;
        // Most schemas are read without a text to look at.
        engine ??= RE2JS.compile(re2);
        return engine.test(text);
      },
    };
  } catch (error) {
    if (error instanceof Unsupported) return { problem: error.message, size: 0, test: () => null };
    throw error;
  }
}
