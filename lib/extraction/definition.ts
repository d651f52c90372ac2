import type { ObjectField } from './field.ts';

export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const engines = ['builtin', 'model'] as const;
export type EngineName = (typeof engines)[number];

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

export interface Split {
  /** The field whose value tells one account from another. */
  by: string;
  pattern: string | null;
}

/** A schema definition, parsed and checked (SPEC.md §6). */
export interface Definition {
  slug: string;
  name: string;
  /** BCP 47; decides day or month first and the decimal mark. */
  locale: string;
  priority: Priority;
  instructions: string;
  fields: ObjectField;
  split: Split | null;
  rules: Rule[];
  /** null: the default engine of the installation. */
  engine: EngineName | null;
  model: string | null;
  /** `fields` as it was given, with all keywords kept. */
  jsonSchema: Record<string, unknown>;
}
