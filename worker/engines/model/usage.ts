import type { Tokens } from './prices.ts';

/** How a call ended, for the usage table. */
export const callOutcomes = [
  'ok',
  'bad_output',
  'cut_short',
  'refused',
  'rejected',
  'busy',
  'timed_out',
  'unavailable',
  'cancelled',
  'failed',
] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** One call of a model, whatever its outcome. */
export interface UsageRow extends Tokens {
  model: string;
  pageNum: number;
  costUsd: number;
  ms: number;
  outcome: CallOutcome;
}
