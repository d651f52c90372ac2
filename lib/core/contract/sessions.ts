import { z } from 'zod';
import { engines, priorities } from '#lib/core/fields/choices.ts';
import { documentStatuses, pageStatuses, sessionStatuses, stages, stageStatuses } from '#lib/core/lifecycle.ts';
import { numberInQuery, storableIndex, storableNumber, storableText, trimmedText } from '#lib/core/storable.ts';
import { count, failure, waiting } from './common.ts';

/** A session as the API, the events and the table show it (docs/spec.md §10). */
export const sessionSummary = z.object({
  id: z.string(),
  name: z.string(),
  schema: z.object({ slug: z.string(), name: z.string(), version: z.number() }),
  engine: z.enum(engines),
  model: z.string().nullable(),
  run: z.number(),
  status: z.enum(sessionStatuses),
  partial: z.boolean(),
  waiting: waiting.nullable(),
  priority: z.enum(priorities),
  /** 0–100. */
  progress: z.number(),
  /** The stage of the document that is furthest behind; `completed` when all have ended. */
  stage: z.string(),
  documents_total: z.number(),
  documents_done: z.number(),
  pages_total: z.number(),
  pages_processed: z.number(),
  pages_failed: z.number(),
  accounts: z.number(),
  needs_attention: z.number(),
  cost_usd: z.number(),
  failure: failure.nullable(),
  /** Raised by every change that a person makes: the `base_version` of edits. */
  version: z.number(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});
export type SessionSummary = z.output<typeof sessionSummary>;

export const stageStates = z.record(z.enum(stages), z.object({ status: z.enum(stageStatuses), progress: z.number() }));

export const documentSummary = z.object({
  id: z.string(),
  /** The document whose file holds this one's, such as a mail; null for one that was uploaded itself. */
  parent_id: z.string().nullable(),
  name: z.string(),
  sha256: z.string(),
  /** A short kind such as `pdf`; `fileTypes` names it for people. */
  type: z.string(),
  size: z.number(),
  status: z.enum(documentStatuses),
  stage: z.string(),
  stages: stageStates,
  progress: z.number(),
  waiting: waiting.nullable(),
  pages_total: z.number(),
  pages_processed: z.number(),
  pages_failed: z.number(),
  failure: failure.nullable(),
  /** What a person should know of it as a whole, such as that it looks like several records. */
  notice: z.string().nullable().default(null),
});
export type DocumentSummary = z.output<typeof documentSummary>;

export const sessionDetail = sessionSummary.extend({ documents: z.array(documentSummary) });
export type SessionDetail = z.output<typeof sessionDetail>;
export const sessionResponse = z.object({ session: sessionDetail });

/** Which sessions: the filter of the list, of exports, of bulk changes and of views. */
export const sessionFilter = z.object({
  status: z.enum(sessionStatuses).optional(),
  /** A schema's slug. */
  schema: storableText(200).optional(),
  /** Part of a name, or words of files and values, without regard to case. */
  q: storableText(200).optional(),
});
export type SessionFilter = z.output<typeof sessionFilter>;

/** The query of `GET /api/sessions`. */
export const listQuery = sessionFilter.extend({
  cursor: z.uuid({ error: 'must be the next_cursor of an earlier answer' }).optional(),
  limit: z.coerce.number({ error: 'must be a number from 1 to 200' }).int().min(1).max(200).default(50),
});

export const sessionPage = z.object({
  sessions: z.array(sessionSummary),
  /** Give it as `cursor` for the next page; null at the end. */
  next_cursor: z.string().nullable(),
  /** How many there are in all under this filter. */
  count,
});
export type SessionPage = z.output<typeof sessionPage>;

/** The body of `PATCH /api/sessions/{id}`. */
export const sessionChange = z.strictObject({
  priority: z.enum(priorities, { error: `must be one of ${priorities.join(', ')}` }),
});

/** The body of `POST …/verify` and `POST …/reopen`. */
export const statusReason = z.object({ reason: trimmedText(2000).min(1).nullish() });

/** The body of `POST …/extract`. */
export const reextraction = z.object({
  /** Everything, or a part of one document, all of it when nothing narrows it; the rest comes from memory. */
  scope: z.union(
    [
      z.literal('all'),
      z.strictObject({
        document_id: z.uuid(),
        account_index: storableIndex.optional(),
        pages: z.array(storableIndex).min(1).max(10_000).optional(),
      }),
    ],
    { error: 'must be "all" or {"document_id": …, "account_index"?: …, "pages"?: […]}' },
  ),
  /** Another schema, by its slug; the session's own when absent. */
  schema: storableText(80).optional(),
  /** A version of the schema; when absent the session's own, or the newest of another schema. */
  version: storableNumber.optional(),
  engine: z.enum(engines, { error: 'must be builtin or model' }).optional(),
});
export type Reextraction = z.output<typeof reextraction>;

/** The query of `GET …/results`. */
export const resultsQuery = z.object({ run: numberInQuery('must be the number of a run').optional() });

/** What is to be expected of a session, and what was there before. */
export const forecast = z.object({
  /** Documents that go before the session's next one; null when none of it waits in the queue. */
  queued_before: z.number().nullable(),
  /** About how long until it is finished, by how long others took; null when nothing speaks for a number. */
  seconds_left: z.number().nullable(),
  /** Other sessions with the same files. */
  duplicates: z.array(
    z.object({ document_id: z.string(), session_id: z.string(), name: z.string(), created_at: z.string() }),
  ),
});
export type Forecast = z.output<typeof forecast>;
export const forecastResponse = z.object({ outlook: forecast });

export const pageState = z.object({
  document_id: z.string(),
  page_num: z.number(),
  status: z.enum(pageStatuses),
  /** `text` or `ocr`; null while it is not read. */
  source: z.string().nullable(),
  /** The worksheet's or section's name. */
  title: z.string().nullable(),
  /** Indexes of the accounts that it belongs to; none for a page before the first. */
  accounts: z.array(z.number()),
  /** How many values with their evidence on it a person should look at. */
  needs_attention: z.number(),
  failure: failure.nullable(),
});
export type PageState = z.output<typeof pageState>;
export const pagesResponse = z.object({ pages: z.array(pageState) });
