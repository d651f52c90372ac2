import { shifted } from './calibrate.ts';
import type { Value, Signal } from './value.ts';
import type { Check } from '#lib/core/rules/rule.ts';

/** One engine that read one value once, with nothing against it and nothing learned of such values. */
const start = 0.9;

/** What is left of the trust when a signal speaks against a value. */
const doubts: Record<string, number> = {
  grounded: 0.15,
  format: 0.4,
  'pattern not checked': 0.4,
  spelling: 0.7,
  sign: 0.6,
  digits: 0.6,
  wording: 0.6,
  page_break: 0.6,
  ocr: 0.6,
  ambiguity: 0.5,
  agreement: 0.4,
  conflict: 0.4,
  history: 0.7,
  label: 0.85,
  guess: 0.6,
  printed: 0.5,
  layout: 0.5,
  place: 0.5,
};

/** What is left of the doubt when a signal speaks for a value beyond the start. */
const confirmations: Record<string, number> = {
  agreement: 0.3,
  repeated: 0.6,
  rules: 0.4,
  history: 0.8,
  electronic_invoice: 0.2,
  layout: 0.25,
  printed: 0.5,
};

/** What a learned share already counts. */
const learnedFrom = new Set(['label', 'guess', 'ocr']);

/** Below this share of right values among those like it, a person looks at a value. */
export const sureShare = 0.9;

const failedCheck = { error: 0.5, warning: 0.8 };

/**
 * How far a value can be trusted, 0–1, from its named signals and its checks. Each signal against it multiplies the trust,
 * each confirmation multiplies what is missing to certainty; so a signal turned good never lowers it (docs/trust.md).
 */
export function trustOf(signals: readonly Signal[], checks: readonly Check[]): number {
  const learned = signals.find(({ share }) => share !== undefined)?.share;
  const isRemembered = signals.some(({ name, ok }) => name === 'layout' && ok);
  // The right place says nothing of what was hard to read there.
  const isUnsure = signals.some(({ name, ok }) => name === 'ocr' && !ok);
  let trust = learned ?? start;
  for (const { name, ok, shift: own } of signals) {
    if (own !== undefined) continue;
    const confirmation = ok ? confirmations[name] : undefined;
    if (name === 'layout' && isUnsure) continue;
    if (confirmation !== undefined) trust = 1 - (1 - trust) * confirmation;
  }
  for (const { name, ok, shift: own } of signals) {
    if (own !== undefined) continue;
    const isCounted = (learned !== undefined && learnedFrom.has(name)) || (isRemembered && name === 'label');
    if (!ok && !isCounted) trust *= doubts[name] ?? 1;
  }
  const shift = signals.find((signal) => signal.shift !== undefined)?.shift;
  if (shift !== undefined) trust = shifted(trust, shift);
  const failed = checks.filter((check) => !check.ok);
  for (const { severity } of failed) trust *= failedCheck[severity];
  if (checks.length > 0 && failed.length === 0) trust = 1 - (1 - trust) * (confirmations.rules ?? 1);
  return Math.round(trust * 1000) / 1000;
}

/** A value with one more signal, and the trust that follows. */
export function withSignal(leaf: Value, signal: Signal): Value {
  const signals = [...leaf.signals, signal];
  return { ...leaf, signals, trust: trustOf(signals, leaf.checks) };
}
