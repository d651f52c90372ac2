import { z } from 'zod';
import { boxSchema } from '#lib/core/pages/page.ts';
import { valueStates } from '#lib/core/values/value.ts';
import { scalar } from './common.ts';

export const evidenceView = z.object({ page_num: z.number(), quote: z.string(), boxes: z.array(boxSchema) });
export type EvidenceView = z.output<typeof evidenceView>;

/** A value with all that is known of it. */
export const valueView = z.object({
  /** The row's id, with the column's place behind it for a cell of a list row. */
  id: z.string(),
  path: z.string(),
  row_id: z.string().nullable(),
  label: z.string(),
  type: z.string(),
  value: scalar.nullable(),
  raw: z.string().nullable(),
  state: z.enum(valueStates),
  evidence: evidenceView.nullable(),
  trust: z.number(),
  /** Whether a person should look at it, and why. */
  attention: z.boolean(),
  attention_reason: z.string().nullable(),
  signals: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      detail: z.string(),
      alternatives: z.array(z.string()).optional(),
      share: z.number().optional(),
      shift: z.number().optional(),
    }),
  ),
  checks: z.array(
    z.object({ rule: z.string(), ok: z.boolean(), severity: z.enum(['error', 'warning']), message: z.string() }),
  ),
  /** As it was extracted, where a person decided otherwise. */
  original: z.object({ value: scalar.nullable(), raw: z.string().nullable(), state: z.enum(valueStates) }).nullable(),
  /** What a later run says where a person had decided. */
  suggestion: z.object({ value: scalar, raw: z.string().nullable(), evidence: evidenceView.nullable() }).nullable(),
  version: z.number(),
});
export type ValueView = z.output<typeof valueView>;

export const accountView = z.object({
  document_id: z.string(),
  account_index: z.number(),
  account_number: z.string().nullable(),
  pages: z.array(z.number()),
  /** Where it begins, why, and how certain that is (0–1). Empty where nothing was split. */
  boundaries: z.array(
    z.object({
      page_num: z.number(),
      reasons: z.object({ for: z.array(z.string()), against: z.array(z.string()) }),
      certainty: z.number(),
    }),
  ),
  /** The plain nested record. */
  data: z.record(z.string(), z.unknown()),
  fields: z.array(valueView),
});
export type AccountView = z.output<typeof accountView>;

export const resultsResponse = z.object({
  run: z.number(),
  /** Raised by every change that a person makes: the `base_version` of edits. */
  version: z.number(),
  accounts: z.array(accountView),
});
export type Results = z.output<typeof resultsResponse>;
