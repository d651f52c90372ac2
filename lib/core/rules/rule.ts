import type { ObjectField } from '../fields/field.ts';
import type { Path } from '../fields/path.ts';

export interface ExpressionRule {
  name: string;
  /** A CEL expression over the record. */
  check: string;
  message: string;
  severity: 'error' | 'warning';
}

/** Walks a running balance: open + add − subtract = balance, row by row. */
export interface ChainRule {
  name: string;
  chain: { rows: string; open: string; add: string[]; subtract: string[]; balance: string };
  severity: 'error' | 'warning';
}

export type Rule = ExpressionRule | ChainRule;

/** What of a schema its rules are about. */
export interface RuledFields {
  fields: ObjectField;
  rules: readonly Rule[];
}

/** The outcome of one rule for the values it names. */
export interface Check {
  rule: string;
  ok: boolean;
  severity: 'error' | 'warning';
  message: string;
}

/** The outcome of a rule, with the values that it speaks of. */
export interface RecordCheck extends Check {
  /** The single values that it names; for a chain the very cell where it breaks; the lists and their first rows when it names nothing else. */
  paths: Path[];
}
