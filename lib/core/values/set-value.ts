import { formatSignals } from './format-signals.ts';
import { normalise } from '#lib/core/normalise/value.ts';
import type { ScalarField } from '../fields/field.ts';
import type { Evidence, Value } from './value.ts';
import type { Path, Scalar } from '#lib/core/fields/path.ts';

// What a person can decide about one value. Checks are not touched: `recheckRows` follows for the whole account.

/**
 * The value that a person gives, typed by the schema. A text that does not fit the type is kept as it is, with a failing
 * check. An empty text is an absence. `evidence` is the place that the person pointed at, when there is one.
 */
export function setValue(field: ScalarField, leaf: Value, given: Scalar, locale: string, evidence?: Evidence): Value {
  if (typeof given === 'string' && given.trim() === '') return markAbsent(leaf);
  const normalised = normalise(field, given, locale);
  const { value, raw } = normalised;
  const isSame = value === leaf.value;
  return {
    ...leaf,
    value,
    raw,
    state: 'edited',
    evidence: evidence ?? (isSame ? leaf.evidence : null),
    trust: 1,
    signals: formatSignals(normalised),
    suggestion: null,
  };
}

/** The value stands as it is. One that a person wrote stays theirs. */
export function confirmValue(leaf: Value): Value {
  if (leaf.state === 'edited' || leaf.state === 'absent') return { ...leaf, suggestion: null };
  return { ...leaf, state: 'confirmed', trust: 1, suggestion: null };
}

/** The document does not say this. */
export function markAbsent(leaf: Value): Value {
  const empty = { value: null, raw: null, evidence: null, signals: [], suggestion: null };
  return { ...leaf, ...empty, state: 'absent', trust: 1 };
}

/** A cell of a row that a person adds: nothing yet. */
export function blankCell(field: ScalarField, path: Path): Value {
  const about = { path, label: field.label, type: field.format ?? field.type };
  const empty = { value: null, raw: null, evidence: null, signals: [], checks: [] };
  return { ...about, ...empty, state: 'absent', trust: 1 };
}
