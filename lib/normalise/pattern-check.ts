import type { Signal } from '#lib/extraction/leaf.ts';
import { patternOf } from '#lib/patterns/pattern.ts';
import type { Normalised } from './value.ts';

/** Whether a text has the form that a pattern asks for. One that was not checked counts as fitting, with the reason. */
export function checkPattern(source: string | null, text: string): { fits: boolean; unchecked: string | null } {
  if (source === null) return { fits: true, unchecked: null };
  const pattern = patternOf(source);
  const isMatch = pattern.test(text);
  if (isMatch !== null) return { fits: isMatch, unchecked: null };
  return { fits: true, unchecked: pattern.problem ? `it ${pattern.problem}` : 'the value is too long for it' };
}

/** The signals on a value's form: whether it fits its type and format, and when its pattern was not checked, that. */
export function formatSignals({ ok, problem, unchecked }: Normalised): Signal[] {
  const format = { name: 'format', ok, detail: problem ?? 'fits its type and format' };
  if (unchecked === null) return [format];
  return [format, { name: 'pattern not checked', ok: false, detail: `its pattern was not checked: ${unchecked}` }];
}
