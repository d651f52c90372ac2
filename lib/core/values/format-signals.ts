import type { Normalised } from '../normalise/value.ts';
import type { Signal } from './value.ts';

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
