import type { Signal } from '#lib/core/values/value.ts';
import { patternOf } from '#lib/core/patterns/pattern.ts';
import type { Normalised } from './value.ts';

/** Whether a text has the form that a pattern asks for. One that was not checked counts as fitting, with the reason. */
export function checkPattern(source: string | null, text: string): { fits: boolean; unchecked: string | null } {
  if (source === null) return { fits: true, unchecked: null };
  const pattern = patternOf(source);
  const isMatch = pattern.test(text);
  if (isMatch !== null) return { fits: isMatch, unchecked: null };
  return { fits: true, unchecked: pattern.problem ? `it ${pattern.problem}` : 'the value is too long for it' };
}

/**
 * The signals on a value's form: whether it fits its type and format, a number that is kept as text, and a
 * pattern that was not checked.
 */
export function formatSignals({ ok, problem, unchecked, isTooPrecise }: Normalised): Signal[] {
  const signals = [{ name: 'format', ok, detail: problem ?? 'fits its type and format' }];
  if (isTooPrecise) {
    const detail = 'has more digits than a JSON number holds, so it is kept as text';
    signals.push({ name: 'digits', ok: false, detail });
  }
  if (unchecked !== null) {
    signals.push({ name: 'pattern not checked', ok: false, detail: `its pattern was not checked: ${unchecked}` });
  }
  return signals;
}
