import type { Value, Signal } from './value.ts';
import { fieldKey, rowIndexAt } from '../fields/path.ts';
import { trustOf } from './trust.ts';

/** How often people changed the values of one field in sessions of its schema that they verified. */
export interface PastValues {
  changed: number;
  of: number;
  /** What follows for trust in the field's values, in log-odds, once that was worked out. */
  shift?: number;
}

/** By `fieldKey`; columns of a list that no one ever changed are counted together under the list, `Payments[]`. */
export type History = ReadonlyMap<string, PastValues>;

/** From so many values on, and so large a share of them changed, the past speaks against a field. */
const minToDoubt = 5;
const doubtfulShare = 0.2;
/** From so many on, and so small a share, it speaks for it. */
const minToTrust = 20;
const soundShare = 0.02;

/** Adds what the field's past says of a value that was found, where it says something. */
export function withHistory(leaf: Value, history: History): Value {
  const list = leaf.path.slice(0, rowIndexAt(leaf.path) + 1);
  const past = history.get(fieldKey(leaf.path)) ?? (list.length > 0 ? history.get(fieldKey(list)) : undefined);
  const signal = past && leaf.value !== null ? historySignal(past) : null;
  if (!signal) return leaf;
  const signals = [...leaf.signals, signal];
  return { ...leaf, signals, trust: trustOf(signals, leaf.checks) };
}

/** So small a shift is not worth a word. */
const minShift = 0.1;

function historySignal({ changed, of, shift }: PastValues): Signal | null {
  const share = changed / of;
  const detail = `people changed ${changed} of the last ${of} values of this field`;
  if (shift !== undefined) return Math.abs(shift) < minShift ? null : { name: 'history', ok: shift > 0, detail, shift };
  if (of >= minToDoubt && share >= doubtfulShare) return { name: 'history', ok: false, detail };
  return of >= minToTrust && share <= soundShare ? { name: 'history', ok: true, detail } : null;
}
