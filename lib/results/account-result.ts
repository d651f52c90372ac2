import type { Value } from '#lib/core/values/value.ts';
import type { Boundary } from '#lib/core/splitting/types.ts';
import type { AccountIdentity } from './match-accounts.ts';

/** A scalar, or one row of a list, of an account. */
export interface ValueRow {
  /** Of a scalar its path, of a list row the list's. */
  path: string;
  isListRow: boolean;
  leaves: Value[];
  needsAttention: number;
}

/** What a document gave for one account. */
export interface AccountResult extends AccountIdentity {
  accountIndex: number;
  evidencePages: number[];
  /** 0-based, ascending. */
  pages: number[];
  boundaries: Boundary[];
  rows: ValueRow[];
}
