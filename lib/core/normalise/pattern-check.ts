import { patternOf } from '#lib/core/patterns/pattern.ts';

/** Whether a text has the form that a pattern asks for. One that was not checked counts as fitting, with the reason. */
export function checkPattern(source: string | null, text: string): { fits: boolean; unchecked: string | null } {
  if (source === null) return { fits: true, unchecked: null };
  const pattern = patternOf(source);
  const isMatch = pattern.test(text);
  if (isMatch !== null) return { fits: isMatch, unchecked: null };
  return { fits: true, unchecked: pattern.problem ? `it ${pattern.problem}` : 'the value is too long for it' };
}
