import { z } from 'zod';
import { engines, priorities } from '#lib/core/fields/choices.ts';
import { failureReasons } from '#lib/core/failures.ts';
import { valueStates } from '#lib/core/values/value.ts';
import type { AccountView, Results, FieldView } from '#lib/results/get.ts';
import type { SessionDetail } from '#lib/sessions/get.ts';
import type { SessionPage } from '#lib/sessions/list.ts';
import { documentStatuses, sessionStatuses, stages, stageStatuses } from '#lib/core/lifecycle.ts';
import type { DocumentSummary, SessionSummary } from '#lib/sessions/summary.ts';

// What comes over the wire, parsed: a tab may be older than the server that answers it.

const waiting = z.object({ reason: z.string(), until: z.string() }).nullable();
const failure = z.object({ reason: z.enum(failureReasons), message: z.string() }).nullable();

export const sessionSchema: z.ZodType<SessionSummary> = z.object({
  id: z.string(),
  name: z.string(),
  schema: z.object({ slug: z.string(), name: z.string(), version: z.number() }),
  engine: z.enum(engines),
  model: z.string().nullable(),
  run: z.number(),
  status: z.enum(sessionStatuses),
  partial: z.boolean(),
  waiting,
  priority: z.enum(priorities),
  progress: z.number(),
  stage: z.string(),
  documents_total: z.number(),
  documents_done: z.number(),
  pages_total: z.number(),
  pages_processed: z.number(),
  pages_failed: z.number(),
  accounts: z.number(),
  needs_attention: z.number(),
  cost_usd: z.number(),
  failure,
  version: z.number(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});

const stageState = z.object({ status: z.enum(stageStatuses), progress: z.number() });

const documentSchema: z.ZodType<DocumentSummary> = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  type: z.string(),
  size: z.number(),
  status: z.enum(documentStatuses),
  stage: z.string(),
  stages: z.record(z.enum(stages), stageState),
  progress: z.number(),
  waiting,
  pages_total: z.number(),
  pages_processed: z.number(),
  pages_failed: z.number(),
  failure,
  notice: z.string().nullable().default(null),
});

export const sessionPageSchema: z.ZodType<SessionPage> = z.object({
  sessions: z.array(sessionSchema),
  next_cursor: z.string().nullable(),
  count: z.object({ number: z.number(), exact: z.boolean() }),
});

export const sessionAnswer = z.object({ session: sessionSchema });

export const detailAnswer: z.ZodType<{ session: SessionDetail }> = z.object({
  session: z.intersection(sessionSchema, z.object({ documents: z.array(documentSchema) })),
});

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const evidence = z.object({ page_num: z.number(), quote: z.string(), boxes: z.array(box) }).nullable();
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const fieldSchema: z.ZodType<FieldView> = z.object({
  id: z.string(),
  path: z.string(),
  row_id: z.string().nullable(),
  label: z.string(),
  type: z.string(),
  value: scalar.nullable(),
  raw: z.string().nullable(),
  state: z.enum(valueStates),
  evidence,
  trust: z.number(),
  signals: z.array(
    z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), alternatives: z.array(z.string()).optional() }),
  ),
  checks: z.array(
    z.object({ rule: z.string(), ok: z.boolean(), severity: z.enum(['error', 'warning']), message: z.string() }),
  ),
  original: z.object({ value: scalar.nullable(), raw: z.string().nullable(), state: z.enum(valueStates) }).nullable(),
  suggestion: z.object({ value: scalar, raw: z.string().nullable(), evidence }).nullable(),
  version: z.number(),
});

const accountSchema: z.ZodType<AccountView> = z.object({
  document_id: z.string(),
  account_index: z.number(),
  account_number: z.string().nullable(),
  pages: z.array(z.number()),
  boundaries: z.array(
    z.object({
      page_num: z.number(),
      reasons: z.object({ for: z.array(z.string()), against: z.array(z.string()) }),
      certainty: z.number(),
    }),
  ),
  data: z.record(z.string(), z.unknown()),
  fields: z.array(fieldSchema),
});

export const resultsAnswer: z.ZodType<Results> = z.object({
  run: z.number(),
  version: z.number(),
  accounts: z.array(accountSchema),
});

/** Of `POST …/edits`. */
export const editsAnswer = detailAnswer.and(
  z.object({ change_id: z.string(), version: z.number(), accounts: z.array(accountSchema) }),
);

export const nothing = z.object({});
