import type { Check } from '#lib/core/rules/rule.ts';
import type { Path, Scalar } from '#lib/core/fields/path.ts';
import type { Box } from '../pages/page.ts';

/**
 * What an engine read for one leaf of the schema on one page. List indices count the rows of that page from 0.
 * Both engines give this; nothing after them knows which one ran.
 */
export interface ReadValue {
  path: Path;
  /** As read, not yet normalised. A model's number stays a number. */
  value: Scalar;
  /** The words of the page that say so, as the engine claims. Grounding decides. */
  quote: string | null;
  /** Indices into the page's words where the engine found it, when it knows. A hint for grounding, never evidence. */
  words?: readonly number[];
  /** How well the place fits the field, 0–1, why it was taken, and whether a label names it: of engines that go by layout. */
  fit?: { score: number; reason: string; isLabelled: boolean };
  /** The share of right values among those that look like this one, 0–1: of engines that learned it. */
  certainty?: number;
}

/** How many rows of a list the page seems to hold, seen by layout, to compare with the rows extracted. */
export interface RowsSeen {
  path: Path;
  rows: number;
}

/** The result of one engine on one page for one account. */
export interface PageReading {
  leaves: ReadValue[];
  rowsSeen: RowsSeen[];
}

export const valueStates = [
  'found',
  'not_found',
  'not_in_document',
  'conflict',
  'edited',
  'confirmed',
  'absent',
] as const;
export type ValueState = (typeof valueStates)[number];

/** States that a person gave: no engine changes such a value. */
export const decidedStates = ['edited', 'confirmed', 'absent'] as const satisfies readonly ValueState[];

export function isDecided(state: ValueState): boolean {
  return decidedStates.some((decided) => decided === state);
}

/** Where a value stands. */
export interface Evidence {
  pageNum: number;
  quote: string;
  boxes: Box[];
}

/** One named reason to trust or doubt a value. */
export interface Signal {
  name: string;
  ok: boolean;
  detail: string;
  /** Other values that it could be. */
  alternatives?: string[];
  /** Of what is known of many values that look like this one: the share of right ones, 0–1. */
  share?: number;
  /** By how much an installation's own edits raise or lower trust in the field's values, in log-odds. */
  shift?: number;
}

/** What a later run says where a person had decided otherwise. */
export interface Suggestion {
  value: Scalar;
  raw: string | null;
  evidence: Evidence | null;
}

/** One value of a record with all that is known of it. */
export interface Value {
  path: Path;
  label: string;
  type: string;
  value: Scalar | null;
  /** The text as printed. */
  raw: string | null;
  state: ValueState;
  evidence: Evidence | null;
  /** 0–1, computed from the signals. */
  trust: number;
  signals: Signal[];
  checks: Check[];
  /** Only where a person decided; absent or null when no later run says otherwise. */
  suggestion?: Suggestion | null;
}
